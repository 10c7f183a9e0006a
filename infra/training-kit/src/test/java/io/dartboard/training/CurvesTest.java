package io.dartboard.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.CurvePoint;
import io.dartboard.nas.image.train.EpochReport;
import io.dartboard.nas.text.train.RecurrentEpochReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {
    @Test
    void shouldCountEpochsFromOneAndTellTheHeldOutImagesApartFromTheTraining() {
        var epochs = List.of(
                new EpochReport(0, 0.025, 0.1, 2.25, 0.25, 2.0, 0.375, 0.75),
                new EpochReport(1, 0.02, 0.2, 1.5, 0.5, 1.75, 0.4375, 0.875));

        assertThat(Curves.ofImages(epochs))
                .containsExactly(new CurvePoint(1, 2.25, 0.25, 2.0, 0.375), new CurvePoint(2, 1.5, 0.5, 1.75, 0.4375));
    }

    @Test
    void shouldTellLossesAloneOfAText() {
        var epochs = List.of(
                new RecurrentEpochReport(0, 20, 5.5, 5.25, false), new RecurrentEpochReport(1, 20, 5.0, 5.125, true));

        assertThat(Curves.ofText(epochs))
                .containsExactly(new CurvePoint(1, 5.5, 0.0, 5.25, 0.0), new CurvePoint(2, 5.0, 0.0, 5.125, 0.0));
    }
}
