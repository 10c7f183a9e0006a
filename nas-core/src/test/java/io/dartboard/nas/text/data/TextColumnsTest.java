package io.dartboard.nas.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.text.data.SequenceLengths.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextColumnsTest {
    private static final RandomStreams STREAMS = new RandomStreams(3);

    @Test
    void shouldReadConsecutiveStretchesSideBySide() {
        TextColumns columns = new TextColumns("text", new TokenText(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 2);

        assertThat(columns.rows()).isEqualTo(5);
        TextWindow first = columns.window(0, 2);
        assertThat(first.inputs()).containsExactly(0, 5, 1, 6);
        assertThat(first.targets()).containsExactly(1, 6, 2, 7);
        TextWindow last = columns.window(2, 9);
        assertThat(last.length()).isEqualTo(2);
        assertThat(last.inputs()).containsExactly(2, 7, 3, 8);
        assertThat(last.targets()).containsExactly(3, 8, 4, 9);
    }

    @Test
    void shouldRefuseATextThatIsTooShortForItsBatch() {
        assertThatThrownBy(() -> new TextColumns("training text", new TokenText(1, 2, 3, 4, 5), 2))
                .hasMessage("the training text has 5 words, but read in 2 columns it needs at least 6: use more text or"
                        + " a batchSize of at most 1");
        assertThatThrownBy(() -> TextColumns.rows("validation text", 5, 2, 2))
                .hasMessage(
                        "the validation text has 5 words, but read in 2 columns it needs at least 6: use more text");
        assertThatThrownBy(() -> TextColumns.rows("validation text", 5, 4, 2))
                .hasMessage(
                        "the validation text has 5 words, but read in 4 columns it needs at least 12: use more text");
    }

    @Test
    void shouldMostlyTakeTheWholeLengthInASearch() {
        List<Span> spans = new SequenceLengths.WholeOrHalf(35).epoch(100_000, STREAMS, 0);

        assertThat(spans).allSatisfy(span -> assertThat(span.length()).isIn(35, 17));
        double whole = spans.stream().filter(span -> span.length() == 35).count();
        assertThat(whole / spans.size()).isCloseTo(0.95, within(0.02));
        assertThat(spans).allSatisfy(span -> assertThat(span.rate()).isEqualTo(span.length() / 35.0));
    }

    @Test
    void shouldDrawNormalLengthsInATraining() {
        List<Span> spans = new SequenceLengths.Normal(35).epoch(200_000, STREAMS, 0);

        assertThat(spans).allSatisfy(span -> assertThat(span.length()).isBetween(5, 55));
        double mean = spans.stream().mapToInt(Span::length).average().orElseThrow();
        // A normal number is cut to an integer, which takes half a word off.
        assertThat(mean).isCloseTo(0.95 * 35 + 0.05 * 17.5 - 0.5, within(0.4));
        assertThat(spans).anySatisfy(span -> assertThat(span.length()).isGreaterThan(45));
        assertThat(spans).anySatisfy(span -> assertThat(span.length()).isLessThan(18));
    }

    @Test
    void shouldCoverTheTextOnceAndDependOnSeedAndEpochAlone() {
        for (SequenceLengths lengths : List.of(new SequenceLengths.Normal(35), new SequenceLengths.WholeOrHalf(35))) {
            List<Span> spans = lengths.epoch(5000, STREAMS, 4);
            int row = 0;
            for (Span span : spans) {
                assertThat(span.row()).isEqualTo(row);
                row += span.length();
            }
            assertThat(row).isGreaterThanOrEqualTo(4998);
            assertThat(lengths.epoch(5000, STREAMS, 4)).isEqualTo(spans);
            assertThat(lengths.epoch(5000, STREAMS, 5)).isNotEqualTo(spans);
            assertThat(lengths.epoch(5000, new RandomStreams(4), 4)).isNotEqualTo(spans);
        }
    }

    @Test
    void shouldGiveEveryWindowTwoWordsAtLeast() {
        for (int rows = 3; rows < 100; rows++) {
            TextColumns columns = new TextColumns("text", new TokenText(new int[rows]), 1);
            for (Span span : new SequenceLengths.Normal(6).epoch(rows, STREAMS, rows)) {
                assertThat(columns.window(span.row(), span.length()).length()).isGreaterThanOrEqualTo(2);
            }
        }
    }
}
