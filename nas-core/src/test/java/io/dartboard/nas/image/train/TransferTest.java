package io.dartboard.nas.image.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.image.data.ImageFolder;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.TrainingLoop;
import io.dartboard.nas.train.TrainingOutcome.Finished;
import io.dartboard.nas.train.TrainingRecorder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTest {

    private static final Compute COMPUTE = new Compute(Device.cpu(), 2);
    private static final TransferConfig CONFIG =
            new TransferConfig(4, 3, 2, 8, 0.1, 0.97, 0.9, 3e-5, 5, 0, 0, 0.1, 32, 0);

    @TempDir
    Path dir;

    @Test
    void shouldTrainOnAFolderAndReportBothErrors() throws IOException {
        MadeScenes.writeImageFolder(dir, 3, 2, 40, 1);
        TrainingRecorder<EpochReport> observer = new TrainingRecorder<>();

        Finished<EpochReport> outcome = (Finished<EpochReport>) loop().run(observer);

        assertThat(observer.steps).hasSize(6);
        assertThat(outcome.curve()).hasSize(2);
        assertThat(outcome.chosen().learningRate()).isEqualTo(0.1 * 0.97);
        assertThat(outcome.chosen().top5ErrorPercent())
                .isBetween(0.0, outcome.chosen().errorPercent());
    }

    @Test
    void shouldHoldThePapersValuesAndRefuseAHeadThatDoesNotFit() {
        assertThat(TransferConfig.paperImageNet())
                .isEqualTo(new TransferConfig(48, 14, 250, 128, 0.1, 0.97, 0.9, 3e-5, 5, 0.4, 0, 0.1, 224, 0));
        assertThatThrownBy(() -> new TransferConfig(48, 14, 250, 128, 0.1, 0.97, 0.9, 3e-5, 5, 0.4, 0, 0.1, 96, 0))
                .hasMessageStartingWith("auxiliaryWeight must be 0 at a resolution of 96");
        assertThatThrownBy(() -> new TransferConfig(48, 14, 250, 128, 0.1, 1.1, 0.9, 3e-5, 5, 0, 0, 0.1, 96, 0))
                .hasMessage("learningRateDecay must not exceed 1, or the learning rate would grow (was 1.1)");
    }

    private TrainingLoop<EpochReport> loop() throws IOException {
        return Transfer.of(
                PublishedGenotypes.DARTS_V1, CONFIG, ImageFolder.open(dir, "d".repeat(64), () -> {}), 20, 5, COMPUTE);
    }
}
