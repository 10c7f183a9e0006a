package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenotypeTextTest {
    private static final String ONE_NODE = "Genotype(normal=[('skip_connect', 0), ('sep_conv_3x3', 1)], "
            + "normal_concat=[2], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 0)], reduce_concat=[2])";

    @Test
    void shouldPrintWhatItRead() {
        assertThat(Genotype.parse(ONE_NODE)).hasToString(ONE_NODE);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void shouldReadWhatItPrintedForAnyCell(long seed) {
        for (int draw = 0; draw < 100; draw++) {
            Genotype genotype =
                    RandomGenotype.draw(CnnSpace.DARTS, new RandomStreams(seed).stream("round-trip", 0, draw));
            assertThat(Genotype.parse(genotype.toString())).isEqualTo(genotype);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " Genotype ( normal = [ ( 'skip_connect' , 0 ) , ('sep_conv_3x3',1)],\n normal_concat=[2],"
                        + "\treduce=[('max_pool_3x3', 0), ('max_pool_3x3', 0)], reduce_concat=[2])\n",
                "Genotype(normal=[(\"skip_connect\", 0), (\"sep_conv_3x3\", 1)], normal_concat=[2], "
                        + "reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 0)], reduce_concat=[2])",
                "Genotype(normal=[('skip_connect', 0), ('sep_conv_3x3', 1)], normal_concat=range(2, 3), "
                        + "reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 0)], reduce_concat=range( 2 , 3 ))",
                "Genotype(normal=[('skip_connect', 0), ('sep_conv_3x3', 1),], normal_concat=[2,], "
                        + "reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 0)], reduce_concat=[2],)",
                "Genotype(reduce_concat=[2], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 0)], "
                        + "normal_concat=[2], normal=[('skip_connect', 0), ('sep_conv_3x3', 1)])"
            })
    void shouldReadTheVariantsInWhichGenotypesArePublished(String text) {
        assertThat(Genotype.parse(text)).isEqualTo(Genotype.parse(ONE_NODE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Genotype(                  | genotyp(                | 0   | expected 'Genotype(' but found 'g'",
                "Genotype(                  | Genotype[               | 8   | expected '(' but found '['",
                "('skip_connect', 0), (     | ('skip_connect', 0) (   | 37  | expected ',' but found '('",
                "'skip_connect'             | skip_connect            | 18  | expected a quoted operation but found 's'",
                "'skip_connect'             | 'skip_connect           | 39  | expected ',' but found 's'",
                "[('skip_connect'           | [['skip_connect'        | 35  | expected ']' but found ')'",
                "'skip_connect', 0)         | 'skip_connect', x)      | 34  | expected the number of a state but found 'x'",
                "'skip_connect', 0)         | 'skip_connect', -1)     | 34  | expected the number of a state but found '-'",
                "'skip_connect', 0)         | 'skip_connect', 99999)  | 34  | expected the number of a state but found '9'",
                "'skip_connect', 0)         | 'skip_connect', 0, 1)   | 9   | normal cell: 1 of 2 genes have three entries; all have, or none",
                "'skip_connect', 0)         | 'skip_connect', 0, a)   | 37  | expected a number but found 'a'",
                "'skip_connect', 0)         | 'skip_connect', np.int64[0]) | 34  | expected the number of a state but found 'n'",
                "normal_concat=[2]          | normal_concat={2}       | 74  | expected '[' or 'range(' but found '{'",
                "normal_concat=[2]          | normal_concat=range(2, 6, 2) | 87  | expected a range of consecutive states but found ')'",
                "normal=                    | normall=                | 9   | expected one of normal, normal_concat, reduce, reduce_concat but found 'n'",
                "reduce_concat=             | normal_concat=          | 130 | 'normal_concat' is given twice",
                "normal_concat=             | normal_concat           | 73  | expected '=' but found '['",
            })
    void shouldSayWhereAndWhatWasExpected(String good, String bad, int position, String complaint) {
        String text = ONE_NODE.replaceFirst(Pattern.quote(good), bad);
        assertThat(text).isNotEqualTo(ONE_NODE);
        assertThatThrownBy(() -> Genotype.parse(text))
                .isInstanceOfSatisfying(GenotypeSyntaxException.class, e -> assertThat(e.position())
                        .isEqualTo(position))
                .hasMessageStartingWith("genotype text, position %d: %s, at ".formatted(position, complaint));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'skip_connect'       | 'skip'            | unknown operation 'skip'; known: none,",
                "'skip_connect'       | 'none'            | a gene cannot be none",
                "'skip_connect', 0    | 'skip_connect', 2 | normal cell: operand 0 of node 0 can read states 0 to 1 (was 2)",
                "('skip_connect', 0), | ``                | normal cell: a cell needs two genes for each of its nodes (had 1 genes)",
                "normal_concat=[2]    | normal_concat=[1] | normal cell: concat must name nodes, states 2 to 2 (was 1)",
                "normal_concat=[2]    | normal_concat=[3] | normal cell: concat must name nodes, states 2 to 2 (was 3)",
                "normal_concat=[2]    | normal_concat=[]  | normal cell: a cell must concatenate at least one node",
                "normal_concat=[2]    | normal_concat=[2, 2] | normal cell: concat names a node twice",
                "normal_concat=[2],   | ``                | 'normal_concat' is missing",
                ", reduce_concat=[2]  | ``                | 'reduce_concat' is missing",
            })
    void shouldRefuseTextThatNamesNoCell(String good, String bad, String complaint) {
        String text = ONE_NODE.replace(good, bad);
        assertThat(text).isNotEqualTo(ONE_NODE);
        assertThatThrownBy(() -> Genotype.parse(text))
                .isInstanceOf(GenotypeSyntaxException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void shouldEndEveryTruncationWithALineOfItsOwn() {
        for (int length = 0; length < ONE_NODE.length(); length++) {
            String text = ONE_NODE.substring(0, length);
            assertThatThrownBy(() -> Genotype.parse(text))
                    .as("the first %d characters", length)
                    .isInstanceOf(GenotypeSyntaxException.class)
                    .hasMessageStartingWith("genotype text, position ")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void shouldPrintTheSameTextInEveryLanguage() {
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(Genotype.parse(ONE_NODE)).hasToString(ONE_NODE);
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void shouldRefuseASecondGenotype() {
        assertThatThrownBy(() -> Genotype.parse(ONE_NODE + "\n" + ONE_NODE))
                .isInstanceOf(GenotypeSyntaxException.class)
                .hasMessageContaining("a second Genotype( begins here: give one of them");
    }

    @Test
    void shouldRefuseACellTooLargeToCompare() {
        String gene = "('skip_connect', 0), ";
        String text = ONE_NODE.replace("normal=[", "normal=[" + gene.repeat(16));
        assertThatThrownBy(() -> Genotype.parse(text)).hasMessageContaining("at most 8 nodes (had 9)");
    }
}
