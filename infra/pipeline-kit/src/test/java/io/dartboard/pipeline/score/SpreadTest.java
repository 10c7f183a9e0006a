package io.dartboard.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.events.Candidate;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.Stage;
import io.dartboard.events.Standing;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void shouldReadWhatTheMeasureSaysThatCounts() {
        assertThat(Score.of(candidate(Measure.ERROR_PERCENT, 30, 0))).hasToString("30.00 %");
        assertThat(Score.of(candidate(Measure.PERPLEXITY, 0, 61.234))).hasToString("61.23");
        assertThat(Spread.of(standing(Measure.ERROR_PERCENT, 30, 1, 0, 0)))
                .isEqualTo(new Spread(Measure.ERROR_PERCENT, 30, 1, 3));
        assertThat(Spread.of(standing(Measure.PERPLEXITY, 0, 0, 61, 0.5)))
                .isEqualTo(new Spread(Measure.PERPLEXITY, 61, 0.5, 3));
    }

    @Test
    void shouldSumUpMeanAndSampleDeviation() {
        // mean 63; deviations -3, -1, 4; squares 9 + 1 + 16 = 26; sd = sqrt(13)
        var spread = Spread.of(perplexities(60, 62, 67));
        assertThat(spread.mean()).isEqualTo(63);
        assertThat(spread.sd()).isCloseTo(Math.sqrt(13), within(1e-12));
        assertThat(spread.seeds()).isEqualTo(3);
        assertThat(Spread.of(perplexities(60)).sd()).isZero();
    }

    @Test
    void shouldTellTheDifference() {
        var cell = new Spread(Measure.PERPLEXITY, 61.2, 0.4, 3);
        var random = new Spread(Measure.PERPLEXITY, 70.3, 0.4, 3);
        assertThat(cell.against(random)).isEqualTo("perplexity 61.20 ± 0.40 against 70.30 ± 0.40, 9.10 lower");
    }

    @Test
    void shouldRefuseWhatCannotBeCompared() {
        var error = new Spread(Measure.ERROR_PERCENT, 20, 1, 3);
        assertThatThrownBy(() -> error.against(new Spread(Measure.PERPLEXITY, 61, 1, 3)))
                .hasMessage("error and perplexity cannot be compared");
        assertThatThrownBy(() ->
                        Spread.of(List.of(new Score(Measure.ERROR_PERCENT, 20), new Score(Measure.PERPLEXITY, 61))))
                .hasMessageContaining("different measures");
        assertThatThrownBy(() -> Spread.of(List.of())).hasMessageContaining("at least one seed");
        assertThatThrownBy(() -> Score.of(candidate(Measure.UNKNOWN, 20, 61)))
                .hasMessageContaining("the measure of a score is unknown to this version");
    }

    @Test
    void shouldReadScoresWhereTheyAreToldAndTheFieldsOfEarlierReleasesWhereNot() {
        var scores = SeedScores.of(perplexities(60, 62, 64));
        var evaluated = scores.tell(GenotypeEvaluated.newBuilder()
                        .setRun("r")
                        .setStage(Stage.FULL)
                        .setOrigin(Origin.SEARCHED)
                        .setGenotype("g")
                        .setHash("h")
                        .setSeeds(List.of(0L, 1L, 2L))
                        .setParameters(1)
                        .setMultiplyAdds(1)
                        .setDeviceSeconds(1))
                .build();
        assertThat(SeedScores.of(evaluated)).isEqualTo(scores);
        assertThat(SeedScores.of(GenotypeEvaluated.newBuilder(evaluated)
                        .setMeanPerplexity(1)
                        .build()))
                .as("what is told as scores counts")
                .isEqualTo(scores);
        assertThat(SeedScores.of(
                        GenotypeEvaluated.newBuilder(evaluated).setScores(null).build()))
                .as("an event of before 0.5.0")
                .isEqualTo(scores);
        assertThat(evaluated.getErrorsPercent()).isEmpty();

        var judged = new Score(Measure.ERROR_PERCENT, 21.5);
        var told = Candidate.newBuilder(candidate(Measure.ERROR_PERCENT, 0, 0)).setScores(judged.told());
        assertThat(Score.of(told.build())).isEqualTo(judged);
        var standing =
                Standing.newBuilder(standing(Measure.PERPLEXITY, 0, 0, 0, 0)).setScores(scores.told());
        assertThat(Spread.of(standing.build())).isEqualTo(scores.spread());
    }

    private static List<Score> perplexities(double... values) {
        return DoubleStream.of(values)
                .mapToObj(value -> new Score(Measure.PERPLEXITY, value))
                .toList();
    }

    private static Candidate candidate(Measure measure, double error, double perplexity) {
        return new Candidate("s", 0L, "g", "h", error, 1L, 1L, measure, perplexity, null, "");
    }

    private static Standing standing(
            Measure measure, double meanError, double sdError, double meanPerplexity, double sdPerplexity) {
        return new Standing(
                "r", "g", "h", meanError, sdError, 3, measure, meanPerplexity, sdPerplexity, null, null, null);
    }
}
