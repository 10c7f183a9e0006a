package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.text.search.TextSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchPartsTest {
    private static final List<SearchMethod> IMAGES = ImageSearch.METHODS;

    @Test
    void shouldKnowEveryMethodByItsOwnName() {
        for (List<SearchMethod> known : List.of(IMAGES, TextSearch.METHODS)) {
            for (SearchMethod method : known) {
                assertThat(Composition.of(method.id(), Map.of(), known))
                        .isEqualTo(new Composition(method.id(), new TreeMap<>()));
                assertThat(new Composition(method.id(), new TreeMap<>()).among(known))
                        .isEqualTo(method);
            }
        }
    }

    @Test
    void shouldMakeEveryMethodForImagesOfAnyOther() {
        for (SearchMethod from : IMAGES) {
            for (SearchMethod to : IMAGES) {
                Map<String, String> parts = SearchParts.between(from, to).orElseThrow();
                assertThat(from.composed(parts).named(to.id()).from(to.source()))
                        .isEqualTo(to);
            }
        }
    }

    @Test
    void shouldGiveTheParametersOfDifferentChoicesDifferentNames() {
        List<String> names = new ArrayList<>();
        for (SearchParts.Choice<?> choice : SearchParts.CHOICES) {
            choice.parameters().values().stream()
                    .flatMap(parameters -> parameters.keySet().stream())
                    .distinct()
                    .forEach(names::add);
        }

        assertThat(names).doesNotHaveDuplicates().contains("betaDecay", "innerSteps");
    }

    @Test
    void shouldTellWhereAMethodDiffersFromTheFirstOrder() {
        assertThat(SearchParts.of(SearchMethods.DARTS_FIRST_ORDER))
                .containsExactly(Map.entry("gradient", "first-order"));
        assertThat(SearchParts.of(SearchMethods.PC_DARTS))
                .containsExactly(
                        Map.entry("gradient", "first-order"),
                        Map.entry("edges", "partial-channels"),
                        Map.entry("gate", "warm-up"),
                        Map.entry("derivation", "edge-weighted"));
        assertThat(SearchParts.of(TextSearch.DARTS_AS_PUBLISHED))
                .containsExactly(Map.entry("gradient", "PublishedUnrolled"));
    }

    @Test
    void shouldKnowAMethodByTheOneThatLacksFewestOfItsParts() {
        Composition drawn = Composition.of(
                "gdas", Map.of("relaxation", "softmax", "penalty", "beta-decay", "gate", "warm-up"), IMAGES);

        assertThat(drawn).isEqualTo(new Composition("beta-darts", new TreeMap<>(Map.of("gate", "warm-up"))));
        assertThat(drawn).hasToString("beta-darts with gate warm-up");
        SearchMethod method = drawn.among(IMAGES);
        assertThat(method.id()).isEqualTo("beta-darts+gate:warm-up");
        assertThat(method.penalty()).isEqualTo(new BetaDecay(50));
        assertThat(method.gate()).isEqualTo(new AlphaWarmUp(0.3));
        assertThat(method.relaxation()).isEqualTo(SearchMethods.DARTS_FIRST_ORDER.relaxation());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gradients  | unrolled             | parts.gradients is no part of a method; did you mean gradient? known: gradient, relaxation,
                    gradient   | unroled              | parts.gradient: unknown part 'unroled'; did you mean unrolled? known: first-order, unrolled,
                    relaxation | x                    | parts.relaxation: unknown part 'x'; known: softmax, sigmoid,
                    gradient   | marginal-contributions | method darts-first-order cannot combine MarginalContributions with these alphas: it weighs each cell
                    edges      | partial-channels     | method darts-first-order cannot combine PartialChannels with Strongest:
                    derivation | threshold-edge       | method darts-first-order cannot combine DeviceSoftmax with ThresholdEdge: weights that sum to one seldom""")
    void shouldRefuseWhatIsNotKnownOrCannotBeCombined(String choice, String part, String line) {
        assertThatThrownBy(() -> Composition.of("darts-first-order", Map.of(choice, part), IMAGES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(line);
    }

    @Test
    void shouldRefuseWhatRecurrentCellsCannotHave() {
        List<SearchMethod> texts = TextSearch.METHODS;
        SearchMethod own = Composition.of("darts-first-order", Map.of("alphas", "by-cell"), texts)
                .among(texts);
        SearchMethod skipping = Composition.of("beta-darts", Map.of("edges", "auxiliary-skip"), texts)
                .among(texts);
        SearchMethod threshold = Composition.of(
                        "darts-first-order", Map.of("relaxation", "sigmoid", "derivation", "threshold-edge"), texts)
                .among(texts);

        assertThatThrownBy(() -> own.require(RecurrentSpace.DARTS))
                .hasMessage(
                        "search method 'darts-first-order+alphas:by-cell' cannot search for recurrent cells: there is"
                                + " one cell, which shares its alphas with none");
        assertThatThrownBy(() -> skipping.require(RecurrentSpace.DARTS)).hasMessageContaining("is a highway");
        assertThatThrownBy(() -> threshold.require(RecurrentSpace.DARTS)).hasMessageContaining("cannot lack");
        texts.forEach(method -> method.require(RecurrentSpace.DARTS));
        IMAGES.forEach(method -> method.require(EveryPart.space(method)));
    }

    /** What {@link EveryPart} promises. */
    @Test
    void shouldHaveEveryPartInTheFewMethodsOfDearTests() {
        for (SearchParts.Choice<?> choice : SearchParts.CHOICES) {
            assertThat(EveryPart.onImages().stream()
                            .map(method -> choice.name(method).orElseThrow()))
                    .as(choice.name())
                    .containsAll(choice.known().keySet());
        }
        assertThat(EveryPart.onText().stream().map(SearchMethod::relaxation).map(Object::getClass))
                .containsAll(EveryPart.onImages().stream()
                        .map(SearchMethod::relaxation)
                        .<Class<?>>map(Object::getClass)
                        .toList());
    }
}
