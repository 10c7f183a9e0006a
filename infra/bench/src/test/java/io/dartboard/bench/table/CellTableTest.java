package io.dartboard.bench.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.provenance.Digests;
import io.dartboard.nas.searchspace.Primitive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of single cells: figures that the authors of NAS-Bench-201 and of DrNAS publish. */
class CellTableTest {
    private static final CellTable TABLE = CellTable.read();
    private static final NasBench201Genotype ALL_SKIP = all("skip_connect");
    private static final NasBench201Genotype ALL_CONVOLUTIONS = all("nor_conv_3x3");
    private static final NasBench201Genotype FIRST_1X1 = NasBench201Genotype.parse(
            "|nor_conv_1x1~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|");

    @Test
    void shouldKnowPublishedCells() {
        assertThat(TABLE.accuracy(ALL_SKIP, TableFigure.CIFAR10_TEST)).isEqualTo(54.2967);
        assertThat(TABLE.accuracy(ALL_SKIP, TableFigure.CIFAR100_TEST)).isEqualTo(15.6067);
        assertThat(TABLE.accuracy(ALL_SKIP, TableFigure.IMAGENET16_TEST)).isEqualTo(16.3222);
        assertThat(TABLE.accuracy(ALL_CONVOLUTIONS, TableFigure.CIFAR10_TEST)).isEqualTo(93.76);
        assertThat(TABLE.accuracy(ALL_CONVOLUTIONS, TableFigure.CIFAR10_TEST_BRIEF))
                .isEqualTo(82.2);
        assertThat(TABLE.accuracy(ALL_CONVOLUTIONS, TableFigure.CIFAR10_VALID_BRIEF))
                .isEqualTo(69.078);
        assertThat(TABLE.accuracy(ALL_CONVOLUTIONS, TableFigure.CIFAR100_TEST_BRIEF))
                .isEqualTo(44.98);
        assertThat(TABLE.accuracy(ALL_CONVOLUTIONS, TableFigure.CIFAR100_VALID_BRIEF))
                .isEqualTo(44.06);
        assertThat(TABLE.accuracy(ALL_CONVOLUTIONS, TableFigure.IMAGENET16_TEST_BRIEF))
                .isEqualTo(22.4);
        assertThat(TABLE.accuracy(ALL_CONVOLUTIONS, TableFigure.IMAGENET16_VALID_BRIEF))
                .isEqualTo(23.2667);
        assertThat(TABLE.weights(ALL_CONVOLUTIONS)).isEqualTo(1_531_546);
        assertThat(TABLE.multiplyAdds(ALL_CONVOLUTIONS)).isEqualTo(220_119_680);
        assertThat(TABLE.weights(FIRST_1X1)).isEqualTo(1_316_506);
        assertThat(TABLE.multiplyAdds(FIRST_1X1)).isEqualTo(188_662_400);
        assertThat(TABLE.weights(all("none"))).isEqualTo(73_306);
        assertThat(TABLE.multiplyAdds(ALL_SKIP)).isEqualTo(7_783_040);
    }

    @Test
    void shouldKnowTheBestAndTheMean() {
        assertThat(best(TableFigure.CIFAR10_TEST)).isEqualTo(94.373, within(5e-4));
        assertThat(best(TableFigure.CIFAR100_TEST)).isEqualTo(73.51, within(5e-3));
        assertThat(best(TableFigure.IMAGENET16_TEST)).isEqualTo(47.31, within(5e-3));
        assertThat(TABLE.rank(TABLE.best(TableFigure.CIFAR10_TEST), TableFigure.CIFAR10_TEST))
                .isEqualTo(1);
        assertThat(TABLE.rank(all("none"), TableFigure.CIFAR10_TEST))
                .as("nothing is worse than a guess, and other cells guess too")
                .isGreaterThan(CellTable.CELLS - 1000);
        assertThat(DoubleStream.of(TABLE.accuracies(TableFigure.CIFAR10_TEST)).average())
                .hasValueCloseTo(87.06, within(5e-3));
    }

    private static double best(TableFigure figure) {
        return TABLE.accuracy(TABLE.best(figure), figure);
    }

    @Test
    void shouldFindEveryCellWhereItIs() {
        for (int i = 0; i < CellTable.CELLS; i++) {
            assertThat(CellTable.index(CellTable.at(i))).isEqualTo(i);
        }
        assertThat(CellTable.all()).doesNotHaveDuplicates();
    }

    @Test
    void shouldDrawTheSameCellsAgainAndEachWithEqualChance() {
        assertThat(CellTable.random(5, 3)).isEqualTo(CellTable.random(5, 3)).isNotEqualTo(CellTable.random(5, 4));
        double drawn = CellTable.random(4000, 1).stream()
                .mapToDouble(cell -> TABLE.accuracy(cell, TableFigure.CIFAR10_TEST))
                .average()
                .orElseThrow();
        assertThat(drawn).as("standard error 0.2").isEqualTo(87.06, within(1.0));
    }

    /** A table of its own, with a figure that tells the cell and the column, whose lines are out of order. */
    @Test
    void shouldReadWhatTheWriterMakes() throws IOException {
        List<String> lines = new ArrayList<>(IntStream.range(0, CellTable.CELLS)
                .mapToObj(i -> "%s,%d.5,%d,1,2,3,4,5,6,7,0.0000%d,8.00001".formatted(CellTable.at(i), i, i / 2, i % 10))
                .toList());
        Collections.reverse(lines);
        lines.add(
                0,
                "arch,c10_test_200ep,c100_test_200ep,in16_test_200ep,c10_test_12ep,c10_valid_12ep,c100_test_12ep,"
                        + "c100_valid_12ep,in16_test_12ep,in16_valid_12ep,params_m,flops_m");
        byte[] content = TableWriter.content(lines);
        String digest = Digests.sha256(content);
        byte[] packed = TableWriter.packed(content);

        CellTable table = CellTable.read(new ByteArrayInputStream(packed), digest);
        assertThat(table.accuracy(CellTable.at(77), TableFigure.CIFAR10_TEST)).isEqualTo(77.5);
        assertThat(table.accuracy(CellTable.at(77), TableFigure.CIFAR100_TEST)).isEqualTo(38);
        assertThat(table.accuracy(CellTable.at(77), TableFigure.IMAGENET16_VALID_BRIEF))
                .isEqualTo(7);
        assertThat(table.weights(CellTable.at(77))).isEqualTo(70);
        assertThat(table.multiplyAdds(CellTable.at(77))).isEqualTo(8_000_010);
        assertThat(table.best(TableFigure.CIFAR10_TEST)).isEqualTo(CellTable.at(15_624));
        assertThat(table.rank(CellTable.at(15_622), TableFigure.CIFAR10_TEST)).isEqualTo(3);

        content[5]++;
        assertThatThrownBy(() -> CellTable.read(new ByteArrayInputStream(TableWriter.packed(content)), digest))
                .hasMessageContaining("is not what it was made as: build the program anew");
        assertThatThrownBy(() -> TableWriter.content(lines.subList(0, 100))).hasMessageContaining("lacks some");
    }

    private static NasBench201Genotype all(String operation) {
        return new NasBench201Genotype(Collections.nCopies(6, Primitive.of(operation)));
    }
}
