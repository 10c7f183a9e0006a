package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.data.Prefetch;
import io.dartboard.nas.provenance.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchLoaderTest {

    private static final RandomStreams STREAMS = new RandomStreams(11);

    @Test
    void shouldLoadTheSameBatchesWithAnyNumberOfThreads() {
        List<float[]> one = images(BatchLoader.shuffled(new Numbers(23), 4, STREAMS, 1), 3, 0);
        List<float[]> many = images(BatchLoader.shuffled(new Numbers(23), 4, STREAMS, 5), 3, 0);

        assertThat(many).hasSize(6).usingRecursiveComparison().isEqualTo(one);
    }

    @Test
    void shouldContinueAnEpochAtAnyStepAsIfItHadNeverStopped() {
        BatchLoader loader = BatchLoader.shuffled(new Numbers(23), 4, STREAMS, 2);

        assertThat(images(loader, 1, 4))
                .usingRecursiveComparison()
                .isEqualTo(images(loader, 1, 0).subList(4, 6));
    }

    @Test
    void shouldTakeEveryImageOnceAnEpochInANewOrder() {
        BatchPlan plan = BatchPlan.shuffled(20, 6, STREAMS);

        List<Integer> first = order(plan, 0);
        List<Integer> second = order(plan, 1);

        assertThat(first)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20).boxed().toList());
        assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
    }

    @Test
    void shouldLeaveOutALastTrainingBatchOfOneImageButTestEveryImage() {
        assertThat(BatchPlan.shuffled(9, 4, STREAMS).steps()).isEqualTo(2);
        assertThat(BatchPlan.shuffled(9, 4, STREAMS).images()).isEqualTo(8);
        assertThat(BatchPlan.shuffled(10, 4, STREAMS).steps()).isEqualTo(3);
        assertThat(BatchPlan.inOrder(9, 4).steps()).isEqualTo(3);
        assertThat(order(BatchPlan.inOrder(9, 4), 0)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void shouldHandTheFailureOfALoaderThreadToTheTrainingThread() {
        try (Prefetch<Integer> prefetch = new Prefetch<>(0, 3, 2, step -> {
            if (step == 1) {
                throw new IllegalStateException("image 1 is gone");
            }
            return step;
        })) {
            assertThat(prefetch.next()).isZero();
            assertThatThrownBy(prefetch::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("image 1 is gone");
        }
    }

    @Test
    void shouldHandTheFailureOfOnePartToTheTrainingThread() {
        LabelledImages broken = new Numbers(23) {
            @Override
            public void fill(int index, float[] target, int offset, RandomGenerator random) {
                if (index == 5) {
                    throw new IllegalStateException("image 5 is gone");
                }
                super.fill(index, target, offset, random);
            }
        };
        try (Prefetch<Batch> batches =
                BatchLoader.inOrder(broken, 4, STREAMS, 3).epoch(0, 0)) {
            assertThat(batches.next().count()).isEqualTo(4);
            assertThatThrownBy(batches::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("image 5 is gone");
        }
    }

    @Test
    void shouldGoOnFromOneEpochToTheNext() {
        BatchLoader loader = BatchLoader.shuffled(new Numbers(23), 4, STREAMS, 2);

        List<float[]> all = new ArrayList<>();
        try (Prefetch<Batch> batches = loader.epochs(1, 4, 4)) {
            batches.forEachRemaining(batch -> all.add(batch.images()));
        }

        List<float[]> expected = new ArrayList<>(images(loader, 1, 4));
        expected.addAll(images(loader, 2, 0));
        expected.addAll(images(loader, 3, 0));
        assertThat(all).hasSize(14).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void shouldLoadOneBatchWithAllThreadsAndTwoBatchesAhead() throws InterruptedException {
        // Each image waits for the others of its batch, so one thread alone would wait forever.
        CountDownLatch allOfTheFirstBatch = new CountDownLatch(4);
        Set<Integer> asked = ConcurrentHashMap.newKeySet();
        CountDownLatch eight = new CountDownLatch(8);
        LabelledImages images = new Numbers(40) {
            @Override
            public void fill(int index, float[] target, int offset, RandomGenerator random) {
                if (index < 4) {
                    allOfTheFirstBatch.countDown();
                    await(allOfTheFirstBatch);
                }
                asked.add(index);
                eight.countDown();
            }
        };
        try (Prefetch<Batch> batches =
                BatchLoader.inOrder(images, 4, STREAMS, 4).epoch(0, 0)) {
            eight.await();
            assertThat(asked).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
            assertThat(batches.next().count()).isEqualTo(4);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Integer> order(BatchPlan plan, int epoch) {
        List<Integer> order = new ArrayList<>();
        for (int step = 0; step < plan.steps(); step++) {
            for (int index : plan.epoch(epoch).apply(step)) {
                order.add(index);
            }
        }
        return order;
    }

    private static List<float[]> images(BatchLoader loader, int epoch, int from) {
        List<float[]> all = new ArrayList<>();
        try (Prefetch<Batch> batches = loader.epoch(epoch, from)) {
            batches.forEachRemaining(batch -> all.add(batch.images()));
        }
        return all;
    }

    /** One-pixel images: the index plus a random part, so that both order and augmentation show. */
    private static class Numbers implements LabelledImages {
        private final int size;

        Numbers(int size) {
            this.size = size;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int height() {
            return 1;
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public int label(int index) {
            return index % 2;
        }

        @Override
        public void fill(int index, float[] target, int offset, RandomGenerator random) {
            target[offset] = index + random.nextFloat();
        }
    }
}
