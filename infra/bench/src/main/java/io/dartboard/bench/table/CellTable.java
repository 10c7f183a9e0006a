package io.dartboard.bench.table;

import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.provenance.Digests;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.Primitive;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The results of all cells of NAS-Bench-201, as NATS-Bench (Dong et al., arXiv 2009.00437) has them: an oracle that says what a
 * cell comes to without training it. Immutable.
 *
 * <p>Stored by column, a big-endian {@code int} for each cell in the order of {@link #index}: the accuracies in the
 * order of {@link TableFigure} in ten-thousandths of a percent, then weights, then multiply-adds on an image of CIFAR-10.
 */
public final class CellTable {
    /** Cells of the space. */
    public static final int CELLS = 15_625;

    static final String RESOURCE = "nas-bench-201.bin.gz";
    /** Of what the resource unpacks to; whoever makes it anew is told it. */
    static final String DIGEST = "e639ff055a3af85002be1bba9f26a202968478464681e69e0e6538dc93f0d998";

    private static final List<Primitive> CANDIDATES = NasBench201Space.PUBLISHED.candidates();
    private static final int COLUMNS = TableFigure.values().length + 2;
    private static final int BYTES = COLUMNS * CELLS * Integer.BYTES;
    private static final double UNITS_PER_PERCENT = 1e4;

    private final int[][] columns;

    private CellTable(int[][] columns) {
        this.columns = columns;
    }

    /**
     * The table that comes with the program.
     *
     * @throws IllegalStateException if it is damaged
     */
    public static CellTable read() {
        try (InputStream resource = CellTable.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(
                        "the table of NAS-Bench-201 (%s) is missing from this program: build it anew"
                                .formatted(RESOURCE));
            }
            return read(resource, DIGEST);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the table of NAS-Bench-201 (%s) cannot be read: build the program anew".formatted(RESOURCE), e);
        }
    }

    static CellTable read(InputStream packed, String digest) throws IOException {
        byte[] content;
        try (GZIPInputStream unpacked = new GZIPInputStream(packed)) {
            content = unpacked.readNBytes(BYTES + 1);
        }
        if (content.length != BYTES || !Digests.sha256(content).equals(digest)) {
            throw new IllegalStateException(
                    "the table of NAS-Bench-201 (%s) is not what it was made as: build the program anew"
                            .formatted(RESOURCE));
        }
        IntBuffer all = ByteBuffer.wrap(content).asIntBuffer();
        int[][] columns = new int[COLUMNS][CELLS];
        for (int[] column : columns) {
            all.get(column);
        }
        return new CellTable(columns);
    }

    /** A cell's place: its operations as the digits of a number to the base five, that of the first edge ahead. */
    static int index(NasBench201Genotype cell) {
        return cell.operations().stream()
                .mapToInt(CANDIDATES::indexOf)
                .reduce(0, (code, digit) -> code * CANDIDATES.size() + digit);
    }

    /** The cell of a place, from 0. */
    static NasBench201Genotype at(int index) {
        Primitive[] operations = new Primitive[NasBench201Space.PUBLISHED.edgeCount()];
        int rest = index;
        for (int edge = operations.length - 1; edge >= 0; edge--) {
            operations[edge] = CANDIDATES.get(rest % CANDIDATES.size());
            rest /= CANDIDATES.size();
        }
        return new NasBench201Genotype(List.of(operations));
    }

    /** Every cell. */
    public static List<NasBench201Genotype> all() {
        return IntStream.range(0, CELLS).mapToObj(CellTable::at).toList();
    }

    /** An accuracy of a cell, in percent. */
    public double accuracy(NasBench201Genotype cell, TableFigure figure) {
        return accuracy(index(cell), figure);
    }

    private double accuracy(int cell, TableFigure figure) {
        return columns[figure.ordinal()][cell] / UNITS_PER_PERCENT;
    }

    /** Weights of the network of a cell, 16 channels and five cells in each of three stages, with ten classes. */
    public int weights(NasBench201Genotype cell) {
        return columns[COLUMNS - 2][index(cell)];
    }

    /** Multiply-adds of that network on an image of 32 pixels. */
    public int multiplyAdds(NasBench201Genotype cell) {
        return columns[COLUMNS - 1][index(cell)];
    }

    /** How many cells are better, and one. */
    public int rank(NasBench201Genotype cell, TableFigure figure) {
        int own = columns[figure.ordinal()][index(cell)];
        return 1
                + (int) Arrays.stream(columns[figure.ordinal()])
                        .filter(other -> other > own)
                        .count();
    }

    /** The best cell; of several, the first. */
    public NasBench201Genotype best(TableFigure figure) {
        return at(IntStream.range(0, CELLS)
                .boxed()
                .max(Comparator.comparingInt((Integer cell) -> columns[figure.ordinal()][cell])
                        .thenComparing(Comparator.reverseOrder()))
                .orElseThrow());
    }

    /** An accuracy of every cell, in percent. */
    public double[] accuracies(TableFigure figure) {
        return IntStream.range(0, CELLS)
                .mapToDouble(cell -> accuracy(cell, figure))
                .toArray();
    }

    /** Cells drawn from all of them, each as likely as any other; equal arguments give equal cells. */
    public static List<NasBench201Genotype> random(int count, long seed) {
        RandomGenerator random = new RandomStreams(seed).stream("random-table-cells");
        return Stream.generate(() -> NasBench201Genotype.draw(random))
                .limit(count)
                .toList();
    }
}
