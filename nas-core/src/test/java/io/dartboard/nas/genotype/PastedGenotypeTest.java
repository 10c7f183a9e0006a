package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.searchspace.CnnSpace;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Genotypes as programs print them and people paste them. */
class PastedGenotypeTest {
    private static final String TEXT =
            "Genotype(normal=[('skip_connect', 0), ('sep_conv_3x3', 1), ('dil_conv_5x5', 2), "
                    + "('skip_connect', 0)], normal_concat=range(2, 4), reduce=[('max_pool_3x3', 0), ('avg_pool_3x3', 1), "
                    + "('max_pool_3x3', 2), ('skip_connect', 1)], reduce_concat=range(2, 4))";
    private static final Genotype CELL = Genotype.parse(TEXT);

    static Stream<String> forms() {
        return Stream.of(
                "2027-02-03 04:05:06,789 genotype = " + TEXT + "\n",
                "INFO:root:epoch 49, genotypes.DARTS = genotypes." + TEXT + " after 0.5 days",
                TEXT.replace(", 0)", ", np.int64(0))").replace(", 2)", ", numpy.int64(2))"),
                TEXT.replace("range(2, 4)", "list(range(2, 4))"),
                TEXT.replace("range(2, 4)", "tuple(range(2, 4))"),
                TEXT.replace("range(2, 4)", "np.arange(2, 4)"),
                TEXT.replace("range(2, 4)", "range(2, 4, 1)"),
                TEXT.replace("range(2, 4)", "(2, 3)"),
                TEXT.replace("range(2, 4)", "[np.int64(2), np.int64(3)]"),
                TEXT.replace(", normal_concat", ", # 2.5 % test error, 3.3 M\n  normal_concat"),
                TEXT.replaceAll("\\w+=", ""),
                TEXT.replaceAll("\\w+=", "").replace("range(2, 4)", "list(range(2, 4))"),
                TEXT.replace(' ', '\u00a0'),
                "\ufeff" + TEXT.replace(", (", ",\u2028(").replace("[(", "[\u200b("),
                TEXT.replace('\'', '"'),
                TEXT.replaceAll("'(\\w+)'", "\u2018$1\u2019"),
                TEXT.replaceAll("'(\\w+)'", "\u201c$1\u201d"),
                TEXT.replaceAll("\\('(\\w+)', (\\d)\\)", "['$1', $2]"),
                TEXT.replaceAll("(\\('\\w+', \\d\\), \\('\\w+', \\d\\))", "[$1]"),
                TEXT.replaceAll("(\\('\\w+', \\d\\), \\('\\w+', \\d\\))", "($1)"),
                TEXT.replaceAll("\\('(\\w+)', (\\d)\\)", "('$1', $2, 0.1301)"),
                TEXT.replaceAll("\\('(\\w+)', (\\d)\\)", "('$1', $2, np.float32(1.3e-01))"),
                "{'normal/op_2_0': 'skip_connect', 'normal/input_2_0': [0], 'normal/op_2_1': 'sep_conv_3x3',"
                        + " 'normal/input_2_1': [1], 'normal/op_3_0': 'dil_conv_5x5', 'normal/input_3_0': [2],"
                        + " 'normal/op_3_1': 'skip_connect', 'normal/input_3_1': [0], 'reduce/op_2_0': 'max_pool_3x3',"
                        + " 'reduce/input_2_0': [0], 'reduce/op_2_1': 'avg_pool_3x3', 'reduce/input_2_1': [1],"
                        + " 'reduce/op_3_0': 'max_pool_3x3', 'reduce/input_3_0': 2, 'reduce/op_3_1': 'skip_connect',"
                        + " 'reduce/input_3_1': 1}",
                // Operation, node, state, in any order of the nodes.
                "Genotype(normal=[('dil_conv_5x5', 3, 2), ('skip_connect', 2, 0), ('skip_connect', 3, 0), "
                        + "('sep_conv_3x3', 2, 1)], normal_concat=range(2, 4), reduce=[('max_pool_3x3', 2, 0), "
                        + "('avg_pool_3x3', 2, 1), ('max_pool_3x3', 3, 2), ('skip_connect', 3, 1)], "
                        + "reduce_concat=range(2, 4))");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldBeReadInEveryForm(String text) {
        assertThat(Genotype.parse(text)).isEqualTo(CELL);
        assertThat(NamedGenotype.of(text, CnnSpace.DARTS).genotype()).isEqualTo(CELL);
    }

    @ParameterizedTest
    @MethodSource("recurrentForms")
    void shouldBeReadInEveryFormOfText(String text) {
        assertThat(Architecture.parse(text))
                .hasToString("Genotype(recurrent=[('tanh', 0), ('relu', 1)], concat=range(1, 3))");
    }

    static Stream<String> recurrentForms() {
        return Stream.of(
                "2027-02-03 genotype = Genotype(recurrent=[('tanh', 0), ('relu', 1)], concat=range(1, 3))\n",
                "Genotype([('tanh', 0), ('relu', 1)], range(1, 3))",
                "Genotype(recurrent=[('tanh', np.int64(0)), ('relu', np.int64(1))], concat=list(range(1, 3)))",
                "Genotype(recurrent=[['tanh', 0], ['relu', 1]], concat=[1, 2]) # perplexity 57");
    }

    static Stream<String[]> refusals() {
        return Stream.of(
                new String[] {"(((0, 3), (1, 3)), ((0, 3), (1, 3)))", "NASLib's compact notation"},
                new String[] {"{\"layers\": 3}", "this is JSON, and no export of NNI's DARTS space"},
                new String[] {
                    "{\"normal/op_2_0\": \"skip_connect\", \"normal/input_2_0\": [0]}",
                    "NNI's export: normal/op_2_1 is missing; each node has two operands"
                },
                new String[] {
                    "{\"normal/op_2_0\": \"skip\", \"normal/input_2_0\": [0]}",
                    "NNI's export: normal/op_2_0 unknown operation 'skip'"
                },
                new String[] {TEXT.replace("'skip_connect'", "'none'"), "a gene cannot be none: the authors"},
                new String[] {
                    TEXT.replace("('sep_conv_3x3', 1)", "('sep_conv_3x3'\u0007 1)"), "but found 'U+0007', at …"
                },
                new String[] {
                    TEXT.replaceAll("\\('(\\w+)', (\\d)\\)", "('$1', 12, 0)"), "a cell has at most 8 nodes (had 11)"
                },
                new String[] {
                    TEXT.replaceFirst("(\\('\\w+', \\d\\), \\('\\w+', \\d\\), \\('\\w+', \\d\\))", "[$1]"),
                    "a node has two genes (had 3)"
                });
    }

    @Test
    void shouldLeaveOutWhatReadsANodeThatDoesNotExist() {
        // Node 3 of FairDARTS' third cell has no operand, and node 5 reads it.
        Genotype read = Genotype.parse("Genotype(normal=[('max_pool_3x3', 2, 0), ('skip_connect', 5, 3), "
                + "('sep_conv_3x3', 5, 0)], normal_concat=range(2, 6), reduce=[('sep_conv_3x3', 2, 0)], "
                + "reduce_concat=range(2, 6))");

        assertThat(read)
                .hasToString("Genotype(normal=[('max_pool_3x3', 2, 0), ('sep_conv_3x3', 5, 0)], normal_concat=[2, 5], "
                        + "reduce=[('sep_conv_3x3', 2, 0)], reduce_concat=[2])");
        assertThat(Genotype.parse(read.toString())).isEqualTo(read);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void shouldNameWhatItIsWhereItCannotBeRead(String text, String complaint) {
        assertThatThrownBy(() -> NamedGenotype.of(text, CnnSpace.DARTS))
                .isInstanceOf(GenotypeSyntaxException.class)
                .hasMessageContaining(complaint)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(400));
    }

    @Test
    void shouldNeverShowTheWholeOfALongText() {
        assertThatThrownBy(() -> NamedGenotype.of("x".repeat(5000), CnnSpace.DARTS))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    /** Whatever becomes of a text, it yields a cell or one line. */
    @Test
    void shouldEndEveryMutationWithACellOrALine() {
        var random = new SplittableRandom(1);
        for (String form : forms().toList()) {
            for (int i = 0; i < 200; i++) {
                var text = new StringBuilder(form);
                for (int change = random.nextInt(1, 4); change > 0; change--) {
                    int at = random.nextInt(text.length());
                    switch (random.nextInt(3)) {
                        case 0 -> text.deleteCharAt(at);
                        case 1 -> text.insert(at, "()[]',=#{}\u00a0\u0000\ud83d0".charAt(random.nextInt(14)));
                        default -> text.setCharAt(at, (char) random.nextInt(0x20, 0x3000));
                    }
                }
                try {
                    assertThat(Genotype.parse(text.toString())).isNotNull();
                } catch (GenotypeSyntaxException e) {
                    assertThat(e.getMessage())
                            .startsWith("genotype text, position ")
                            .doesNotContain("\n");
                }
            }
        }
    }
}
