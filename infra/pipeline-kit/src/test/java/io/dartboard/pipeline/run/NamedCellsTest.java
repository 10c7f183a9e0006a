package io.dartboard.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.Origin;
import io.dartboard.events.RunRequested;
import io.dartboard.pipeline.view.RunStory;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedCellsTest {
    @Test
    void shouldTellWhatWasGivenFromWhatWasDrawnAndWhatIsSearched() {
        var searched = NamedCells.of(RunStory.IMAGES.request("r1"));
        assertThat(searched.none()).isTrue();
        assertThat(searched.given()).isFalse();
        assertThat(searched.origin()).isEqualTo(Origin.SEARCHED);
        assertThat(searched.told("a")).isEmpty();

        var one = NamedCells.of(RunStory.IMAGES.given("r1"));
        assertThat(one.given()).isTrue();
        assertThat(one.choosing()).isFalse();
        assertThat(one.told(RunStory.IMAGES.cell()))
                .as("there was nothing to choose")
                .isEmpty();

        var several = of(List.of(), List.of("", "DARTS_V2"), "a", "b");
        assertThat(several.given()).isTrue();
        assertThat(several.choosing()).isTrue();
        assertThat(several.told("a")).isEqualTo("chosen by validation among 2 given cells");
        assertThat(several.told("b")).isEqualTo("chosen by validation among 2 given cells: DARTS_V2");

        var drawn = of(List.of(0L), List.of("random:5"), "a");
        assertThat(drawn.given()).isFalse();
        assertThat(drawn.choosing()).as("be it the only one").isTrue();
        assertThat(drawn.origin()).isEqualTo(Origin.SEARCHED);
        assertThat(drawn.told("a")).isEqualTo("chosen by validation among 1 cells drawn at random: random:5");
    }

    @Test
    void shouldBeCalledByTheFirstNamesThatThereAre() {
        assertThat(of(List.of(), List.of("A", "B"), "a", "b").title()).isEqualTo("A, B");
        assertThat(of(List.of(), List.of("", "B", "C", "D", "E"), "a", "b", "c", "d", "e")
                        .title())
                .isEqualTo("B, C, D and 2 more");
        assertThat(of(List.of(), List.of(), "a", "b").title()).isEqualTo("2 cells");
    }

    private static NamedCells of(List<Long> seeds, List<String> names, String... cells) {
        return NamedCells.of(RunRequested.newBuilder(RunStory.IMAGES.request("r1"))
                .setSearchSeeds(seeds)
                .setGenotypes(List.of(cells))
                .setGenotypeNames(names)
                .build());
    }
}
