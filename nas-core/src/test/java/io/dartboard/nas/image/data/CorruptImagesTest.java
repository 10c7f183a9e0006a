package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.data.Prefetch;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.nas.provenance.RandomStreams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorruptImagesTest {

    private static final RandomStreams STREAMS = new RandomStreams(3);
    private static final int PER_CLASS = 4;

    @TempDir
    Path dir;

    private final List<Path> told = Collections.synchronizedList(new ArrayList<>());
    private ImageFolder folder;

    @BeforeEach
    void make() throws IOException {
        MadeScenes.writeImageFolder(dir, PER_CLASS, 2, 24, 1);
        folder = ImageFolder.open(dir, "d".repeat(64), () -> {});
    }

    @Test
    void shouldPutTheNextReadableImageOfTheClassInThePlaceOfACorruptOne() throws IOException {
        Files.write(file(5), new byte[] {1, 2, 3});
        Files.delete(file(6));
        CorruptImages corrupt = folder.corruptToldTo(told::add);
        PhotoImages images = PhotoImages.forTraining(folder, 16, corrupt);

        float[] inItsPlace = fill(images, 5, 99);

        assertThat(inItsPlace).containsExactly(fill(images, 7, 99));
        assertThat(fill(images, 6, 99)).containsExactly(inItsPlace);
        assertThat(corrupt.count()).isEqualTo(2);
        assertThat(told).containsExactly(file(5), file(6));
    }

    @Test
    void shouldComeToTheFirstOfTheClassAfterTheLast() throws IOException {
        Files.delete(file(7));
        PhotoImages images = PhotoImages.forTraining(folder, 16);

        assertThat(fill(images, 7, 1)).containsExactly(fill(images, 4, 1));
        assertThat(images.label(7)).isEqualTo(images.label(4));
    }

    @Test
    void shouldYieldTheSameBatchesWheneverAndByHoweverManyThreadsAFileIsMet() throws IOException {
        // Its header can be read, so that a crop is drawn before the damage shows.
        Files.write(file(5), Arrays.copyOf(Files.readAllBytes(file(5)), 60));

        List<float[]> straight = epochs(1, 0);
        List<float[]> manyThreads = epochs(4, 0);
        List<float[]> resumed = epochs(2, 3);

        assertThat(manyThreads).usingRecursiveComparison().isEqualTo(straight);
        assertThat(resumed).usingRecursiveComparison().isEqualTo(straight.subList(3, straight.size()));
        assertThat(told).containsOnly(file(5)).hasSize(3);
    }

    @Test
    void shouldEndInOneLineWhenMoreThanOneInTwentyIsCorrupt() throws IOException {
        int tolerated = (folder.train().size() + folder.valid().size()) / 20;
        for (int i = 0; i <= tolerated; i++) {
            Files.delete(file(PER_CLASS * i));
        }
        PhotoImages images = PhotoImages.forTraining(folder, 16, folder.corruptToldTo(told::add));

        for (int i = 0; i < tolerated; i++) {
            fill(images, PER_CLASS * i, 0);
        }
        assertThatThrownBy(() -> fill(images, PER_CLASS * tolerated, 0))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(InvalidDatasetException.class)
                .hasMessage(
                        "%d of %d images cannot be read or decoded any more, more than 5 %%; restore the set; the last is %s (%s)"
                                .formatted(
                                        tolerated + 1,
                                        folder.train().size() + folder.valid().size(),
                                        file(PER_CLASS * tolerated),
                                        "the file is gone"));
    }

    @Test
    void shouldSayWhichClassHasNoImageLeft() throws IOException {
        ImageFolder one = folder.withTrainSubset(folder.classNames().size());
        Files.delete(one.train().get(3).file());
        PhotoImages images = PhotoImages.forTraining(one, 16, new CorruptImages(1000, told::add));

        assertThatThrownBy(() -> fill(images, 3, 0))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        "not one photograph of class " + one.classNames().get(3) + " can be read or decoded any more");
    }

    @Test
    void shouldNotTakeAnInterruptionForACorruptFile() {
        CorruptImages corrupt = folder.corruptToldTo(told::add);
        PhotoImages images = PhotoImages.forTraining(folder, 16, corrupt);

        Thread.currentThread().interrupt();
        try {
            fill(images, 0, 0);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(corrupt.count()).isZero();
    }

    private List<float[]> epochs(int threads, int firstStep) {
        List<float[]> all = new ArrayList<>();
        PhotoImages images = PhotoImages.forTraining(folder, 16, folder.corruptToldTo(told::add));
        try (Prefetch<Batch> batches =
                BatchLoader.shuffled(images, 7, STREAMS, threads).epochs(0, firstStep, 3)) {
            batches.forEachRemaining(batch -> all.add(batch.images()));
        }
        return all;
    }

    private Path file(int index) {
        return folder.train().get(index).file();
    }

    private static float[] fill(PhotoImages images, int index, int place) {
        float[] target = new float[images.floatsPerImage()];
        images.fill(index, target, 0, STREAMS.stream("augment", 0, place));
        return target;
    }
}
