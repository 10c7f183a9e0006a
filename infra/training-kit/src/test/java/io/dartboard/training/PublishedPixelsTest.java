package io.dartboard.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.DatasetPublished;
import io.dartboard.nas.image.data.Normalisation;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.testkit.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedPixelsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 32", // an event of before sizes were told, or photographs that differ
        "32, 32, 0, 32",
        "64, 64, 0, 64",
        "64, 64, 32, 32",
        "0, 0, 64, 64",
        "500, 375, 0, 32",
        "30, 30, 0, 32"
    })
    void shouldBringImagesToTheirOwnSideUnlessAnotherIsAskedFor(int height, int width, int resolution, int side) {
        var dataset = DatasetPublished.newBuilder(Samples.dataset())
                .setHeight(height)
                .setWidth(width)
                .build();
        assertThat(PublishedPixels.side(dataset, resolution)).isEqualTo(side);
    }

    @Test
    void shouldRefuseASideThatCannotBe() {
        for (var side : List.of(-4, 4, 30, 260)) {
            assertThatThrownBy(() -> PublishedPixels.side(Samples.dataset(), side))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("resolution must be a multiple of 4 from 8 to 256 pixels (was %d)".formatted(side));
        }
    }

    @Test
    void shouldNormaliseAsTheEventSays() {
        var old = Samples.dataset();
        var told = DatasetPublished.newBuilder(old)
                .setMean(List.of(0.5f, 0.4f, 0.3f))
                .setDeviation(List.of(0.1f, 0.2f, 0.3f))
                .build();
        assertThat(PublishedPixels.normalisation(old)).isEqualTo(Normalisation.CIFAR10);
        assertThat(PublishedPixels.normalisation(told))
                .isEqualTo(new Normalisation(List.of(0.5f, 0.4f, 0.3f), List.of(0.1f, 0.2f, 0.3f)));
    }

    @Test
    void shouldRefuseImagesThatDoNotFitTheHeap() {
        var dataset = DatasetPublished.newBuilder(Samples.dataset())
                .setTrainExamples(50_000)
                .setTestExamples(10_000)
                .build();
        HeapRoom.require(dataset, 32, 400_000_000);
        assertThatThrownBy(() -> HeapRoom.require(dataset, 64, 1_000_000_000))
                .isInstanceOf(JobRefused.class)
                .hasMessageStartingWith(
                        "dataset tiny version v1 takes 737 MB of memory at 64 x 64 pixels, and half of the heap of this"
                                + " service, 500 MB, is for images; give it a larger heap with -Xmx");
    }
}
