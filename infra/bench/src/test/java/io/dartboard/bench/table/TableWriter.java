package io.dartboard.bench.table;

import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.provenance.Digests;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the resource of {@link CellTable} from a table in text form, of a line for each cell, and prints its digest. Run from the
 * root of the repository, after {@code mvn -Dfast -DskipTests package -pl infra/bench -am}:
 *
 * <pre>{@code
 * java -cp 'infra/bench/target/test-classes:infra/bench/target/classes:infra/bench/target/lib/*' \
 *   io.dartboard.bench.table.TableWriter TABLE.csv \
 *   infra/bench/src/main/resources/io/dartboard/bench/table/nas-bench-201.bin.gz
 * }</pre>
 */
final class TableWriter {
    private static final Map<TableFigure, String> NAMES = new EnumMap<>(Map.of(
            TableFigure.CIFAR10_TEST, "c10_test_200ep",
            TableFigure.CIFAR100_TEST, "c100_test_200ep",
            TableFigure.IMAGENET16_TEST, "in16_test_200ep",
            TableFigure.CIFAR10_TEST_BRIEF, "c10_test_12ep",
            TableFigure.CIFAR10_VALID_BRIEF, "c10_valid_12ep",
            TableFigure.CIFAR100_TEST_BRIEF, "c100_test_12ep",
            TableFigure.CIFAR100_VALID_BRIEF, "c100_valid_12ep",
            TableFigure.IMAGENET16_TEST_BRIEF, "in16_test_12ep",
            TableFigure.IMAGENET16_VALID_BRIEF, "in16_valid_12ep"));
    private static final int PER_MILLION = 6;
    private static final int PER_PERCENT = 4;

    private TableWriter() {}

    public static void main(String[] args) throws IOException {
        byte[] content = content(Files.readAllLines(Path.of(args[0])));
        Files.write(Path.of(args[1]), packed(content));
        System.out.println(Digests.sha256(content));
    }

    /** What the resource unpacks to. */
    static byte[] content(List<String> lines) throws IOException {
        List<String> head = List.of(lines.get(0).split(","));
        String[][] cells = new String[CellTable.CELLS][];
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split(",");
            cells[CellTable.index(NasBench201Genotype.parse(values[head.indexOf("arch")]))] = values;
        }
        if (Arrays.asList(cells).contains(null)) {
            throw new IllegalArgumentException("the table lacks some of the %d cells".formatted(CellTable.CELLS));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (TableFigure figure : TableFigure.values()) {
            column(out, cells, head.indexOf(NAMES.get(figure)), PER_PERCENT);
        }
        column(out, cells, head.indexOf("params_m"), PER_MILLION);
        column(out, cells, head.indexOf("flops_m"), PER_MILLION);
        return bytes.toByteArray();
    }

    private static void column(DataOutputStream out, String[][] cells, int column, int digits) throws IOException {
        for (String[] values : cells) {
            out.writeInt(new BigDecimal(values[column]).movePointRight(digits).intValueExact());
        }
    }

    static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
