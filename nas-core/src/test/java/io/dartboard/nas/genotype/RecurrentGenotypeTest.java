package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.searchspace.RecurrentSpace;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrentGenotypeTest {
    private static final String TWO_NODES = "Genotype(recurrent=[('relu', 0), ('tanh', 1)], concat=range(1, 3))";

    @Test
    void shouldPrintWhatTheAuthorsPrint() {
        assertThat(RecurrentGenotype.parse(TWO_NODES)).hasToString(TWO_NODES);
        assertThat(PublishedRecurrentGenotypes.ENAS.toString()).endsWith(", concat=[2, 5, 6, 9, 10, 11])");
        assertThat(PublishedRecurrentGenotypes.DARTS_V1)
                .hasToString("Genotype(recurrent=[('relu', 0), ('relu', 1), ('tanh', 2), ('relu', 3), ('relu', 4), "
                        + "('identity', 1), ('relu', 5), ('relu', 1)], concat=range(1, 9))");
    }

    @Test
    void shouldReadWhatItPrintedForAnyCell() {
        for (int draw = 0; draw < 200; draw++) {
            RecurrentGenotype genotype = random(draw);
            assertThat(RecurrentGenotype.parse(genotype.toString())).isEqualTo(genotype);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Genotype(concat=[1, 2], recurrent=[('relu', 0), ('tanh', 1)])",
                " Genotype ( recurrent = [(\"relu\",0),('tanh',1),],\n concat=range( 1 , 3 ),)\n",
            })
    void shouldReadTheVariantsInWhichGenotypesArePublished(String text) {
        assertThat(RecurrentGenotype.parse(text)).isEqualTo(RecurrentGenotype.parse(TWO_NODES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Genotype(normal=[], concat=[1])                          | 9  | expected one of recurrent, concat but found 'n'",
                "Genotype(recurrent=[('sine', 0)], concat=[1])            | 21 | unknown recurrent operation 'sine'; known: none, tanh, relu, sigmoid, identity",
                "Genotype(recurrent=[('none', 0)], concat=[1])            | 21 | the node of a recurrent cell cannot be none: it has no other operand",
                "Genotype(recurrent=[('relu', 1)], concat=[1])            | 0  | node 0 of a recurrent cell can read states 0 to 0 (was 1)",
                "Genotype(recurrent=[('relu', 0)], concat=[2])            | 0  | the output of this recurrent cell can hold states 1 to 1 (was 2)",
                "Genotype(recurrent=[('relu', 0)], concat=[1, 1])         | 0  | the output holds a state twice: [1, 1]",
                "Genotype(recurrent=[('relu', 0)], concat=[])             | 0  | the output of a recurrent cell needs at least one node",
                "Genotype(recurrent=[], concat=[1])                       | 0  | a recurrent cell needs at least one node",
                "Genotype(recurrent=[('relu', 0)])                        | 32 | 'concat' is missing",
                "Genotype(concat=[1])                                     | 19 | 'recurrent' is missing",
                "Genotype(concat=[1], concat=[1])                         | 21 | 'concat' is given twice",
                "Genotype(recurrent=[('relu', 0)], concat=[1]) Genotype() | 46 | a second Genotype( begins here: give one of them",
            })
    void shouldSayWhereAndWhatWasExpected(String text, int position, String complaint) {
        assertThatThrownBy(() -> RecurrentGenotype.parse(text))
                .isInstanceOf(GenotypeSyntaxException.class)
                .hasMessageStartingWith("genotype text, position %d: %s".formatted(position, complaint));
    }

    @Test
    void shouldHaveOneHashForCellsThatDifferInNamesAlone() {
        // States 1 and 2 exchanged, and with them who reads them.
        RecurrentGenotype cell = RecurrentGenotype.parse(
                "Genotype(recurrent=[('relu', 0), ('tanh', 0), ('relu', 1), ('identity', 2)], concat=[1, 4])");
        RecurrentGenotype renamed = RecurrentGenotype.parse(
                "Genotype(recurrent=[('tanh', 0), ('relu', 0), ('identity', 1), ('relu', 2)], concat=[3, 2])");

        assertThat(renamed).isNotEqualTo(cell);
        assertThat(renamed.canonical()).isEqualTo(cell.canonical());
        assertThat(renamed.hash()).isEqualTo(cell.hash()).hasSize(64);
        assertThat(cell.canonical().canonical()).isEqualTo(cell.canonical());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Genotype(recurrent=[('relu', 0), ('tanh', 0), ('relu', 2), ('identity', 2)], concat=[1, 4])",
                "Genotype(recurrent=[('relu', 0), ('tanh', 0), ('relu', 1), ('identity', 2)], concat=[2, 4])",
                "Genotype(recurrent=[('relu', 0), ('relu', 0), ('relu', 1), ('identity', 2)], concat=[1, 4])",
            })
    void shouldHaveAnotherHashForAnotherTree(String other) {
        assertThat(RecurrentGenotype.parse(other).hash())
                .isNotEqualTo(RecurrentGenotype.parse(
                                "Genotype(recurrent=[('relu', 0), ('tanh', 0), ('relu', 1), ('identity', 2)], concat=[1, 4])")
                        .hash());
    }

    @Test
    void shouldDrawEveryOperationAndOriginOfARandomCellAboutEquallyOften() {
        Map<RecurrentPrimitive, Integer> operations = new EnumMap<>(RecurrentPrimitive.class);
        int[] origins = new int[8];
        for (int draw = 0; draw < 4000; draw++) {
            RecurrentGene last = random(draw).genes().get(7);
            operations.merge(last.op(), 1, Integer::sum);
            origins[last.from()]++;
        }
        assertThat(operations.keySet()).containsExactlyInAnyOrderElementsOf(RecurrentSpace.DARTS.operations());
        assertThat(operations.values()).allSatisfy(count -> assertThat(count).isBetween(860, 1140));
        assertThat(origins).satisfies(counts -> {
            for (int count : counts) {
                assertThat(count).isBetween(390, 610);
            }
        });
        assertThat(random(3)).isEqualTo(random(3)).isNotEqualTo(random(4));
        assertThat(random(3).concat()).isEqualTo(List.of(1, 2, 3, 4, 5, 6, 7, 8));
    }

    private static RecurrentGenotype random(int draw) {
        return RandomRecurrentGenotype.draw(RecurrentSpace.DARTS, new RandomStreams(5).stream("cell", 0, draw));
    }
}
