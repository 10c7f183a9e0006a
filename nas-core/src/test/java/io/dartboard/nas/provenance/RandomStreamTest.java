package io.dartboard.nas.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    private static final int DRAWS = 100_000;

    private final RandomStreams streams = new RandomStreams(42);

    @Test
    void shouldFollowTheReferenceSequenceOfXoshiro256PlusPlus() {
        RandomStream stream = new RandomStream(1, 2, 3, 4);
        assertThat(new long[] {
                    stream.nextLong(), stream.nextLong(), stream.nextLong(), stream.nextLong(), stream.nextLong()
                })
                .containsExactly(
                        41943041L,
                        58720359L,
                        3588806011781223L,
                        3591011842654386L,
                        Long.parseUnsignedLong("9228616714210784205"));
    }

    /** The numbers were computed by a program written apart, in another language. */
    @Test
    void shouldNeverChangeWhatASeedMeans() {
        RandomStream stream = streams.stream("pinned", 3, 7);
        assertThat(stream.nextLong()).isEqualTo(4718136423937362968L);
        assertThat(stream.nextInt()).isEqualTo(-843095737);
        assertThat(stream.nextInt(1000)).isEqualTo(594);
        assertThat(stream.nextInt(-5, 5)).isEqualTo(-5);
        assertThat(stream.nextLong(1L << 40)).isEqualTo(431516746648L);
        assertThat(stream.nextDouble()).isEqualTo(0.48164245416782714);
        assertThat(stream.nextFloat()).isEqualTo((float) 0.9334861636161804);
        assertThat(stream.nextGaussian()).isEqualTo(0.3021013733332793);
        assertThat(stream.nextExponential()).isEqualTo(1.8708848209321163);
        assertThat(stream.permutation(8)).containsExactly(5, 6, 4, 1, 2, 7, 3, 0);
        byte[] bytes = new byte[3];
        stream.nextBytes(bytes);
        assertThat(bytes).containsExactly(-44, -7, 49);
    }

    @Test
    void shouldDrawOtherNumbersForAnyOtherSeedPurposeEpochOrStep() {
        Set<Long> firsts = new HashSet<>();
        int places = 0;
        for (long seed : new long[] {0, 1, -1, Long.MIN_VALUE}) {
            for (String purpose : new String[] {"", "a", "b", "ab", "train-batch"}) {
                for (long epoch = 0; epoch < 10; epoch++) {
                    for (long step = 0; step < 10; step++) {
                        firsts.add(new RandomStreams(seed)
                                .stream(purpose, epoch, step).nextLong());
                        places++;
                    }
                }
            }
        }
        assertThat(firsts).hasSize(places);
    }

    @Test
    void shouldGiveAPlaceTheSameNumbersWhateverWasDrawnElsewhere() {
        long expected = streams.stream("valid-batch", 4, 2).nextLong();
        RandomStream other = streams.stream("train-batch", 4, 2);
        for (int i = 0; i < 100; i++) {
            other.nextGaussian();
        }
        assertThat(streams.stream("valid-batch", 4, 2).nextLong()).isEqualTo(expected);
    }

    @Test
    void shouldKeepNeighbouringStreamsUncorrelated() {
        double product = 0;
        for (int step = 0; step < DRAWS; step++) {
            product += streams.stream("a", 0, step).nextGaussian()
                    * streams.stream("a", 0, step + 1).nextGaussian();
        }
        // The mean of products of independent standard normals has standard error 1/sqrt(n).
        assertThat(product / DRAWS).isEqualTo(0, within(5 / Math.sqrt(DRAWS)));
    }

    @Test
    void shouldDrawNormalNumbersWithTheirMoments() {
        RandomStream stream = streams.stream("normal");
        double[] x = IntStream.range(0, DRAWS)
                .mapToDouble(i -> stream.nextGaussian())
                .toArray();
        assertThat(Arrays.stream(x).average().orElseThrow()).isEqualTo(0, within(5 / Math.sqrt(DRAWS)));
        assertThat(Arrays.stream(x).map(v -> v * v).average().orElseThrow())
                .isEqualTo(1, within(5 * Math.sqrt(2.0 / DRAWS)));
        assertThat(Arrays.stream(x).map(v -> v * v * v * v).average().orElseThrow())
                .isEqualTo(3, within(5 * Math.sqrt(96.0 / DRAWS)));
    }

    /**
     * The bounds are three quarters of a power of two. A remainder without rejection would draw the lower third of the
     * interval twice as often as the rest, a product without rejection every third number less often than its neighbours.
     */
    @Test
    void shouldDrawBoundedNumbersWithoutBias() {
        RandomStream stream = streams.stream("bounded");
        int bound = 3 << 29;
        long longBound = 3L << 61;
        int[] thirds = new int[3];
        int[] residues = new int[3];
        int[] longThirds = new int[3];
        for (int i = 0; i < DRAWS; i++) {
            int value = stream.nextInt(bound);
            thirds[value / (1 << 29)]++;
            residues[value % 3]++;
            longThirds[(int) (stream.nextLong(longBound) >>> 61)]++;
        }
        double deviation = Math.sqrt(DRAWS * 2.0 / 9.0);
        for (int[] counts : new int[][] {thirds, residues, longThirds}) {
            assertThat(Arrays.stream(counts).boxed())
                    .allSatisfy(count -> assertThat((double) count).isEqualTo(DRAWS / 3.0, within(5 * deviation)));
        }
    }

    @Test
    void shouldStayInsideTheInterval() {
        RandomStream stream = streams.stream("interval");
        for (int i = 0; i < 1000; i++) {
            assertThat(stream.nextInt(Integer.MIN_VALUE, Integer.MAX_VALUE)).isLessThan(Integer.MAX_VALUE);
            assertThat(stream.nextInt(3, 5)).isBetween(3, 4);
            assertThat(stream.nextLong(Long.MIN_VALUE, 0)).isNegative();
            assertThat(stream.nextDouble(-1, 2)).isBetween(-1.0, Math.nextDown(2.0));
            assertThat(stream.nextFloat(2)).isBetween(0f, Math.nextDown(2f));
            assertThat(stream.nextExponential()).isNotNegative().isFinite();
        }
    }

    @Test
    void shouldPermuteEveryPlaceEquallyOften() {
        int[] firstAt = new int[6];
        for (int step = 0; step < 6000; step++) {
            int[] order = streams.stream("permute", 0, step).permutation(6);
            assertThat(Arrays.stream(order).sorted()).containsExactly(0, 1, 2, 3, 4, 5);
            firstAt[IntStream.range(0, 6).filter(i -> order[i] == 0).findFirst().orElseThrow()]++;
        }
        assertThat(Arrays.stream(firstAt).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(1000 - 145, 1000 + 145));
        assertThat(streams.stream("permute").permutation(0)).isEmpty();
    }

    @Test
    void shouldRefuseIntervalsWithoutContent() {
        RandomStream stream = streams.stream("refuse");
        assertThatThrownBy(() -> stream.nextInt(0)).hasMessage("bound must be positive (was 0)");
        assertThatThrownBy(() -> stream.nextLong(-1)).hasMessage("bound must be positive (was -1)");
        assertThatThrownBy(() -> stream.nextInt(4, 4)).hasMessage("origin must be below bound (was 4)");
        assertThatThrownBy(() -> stream.nextDouble(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stream.nextGaussian(0, -1)).hasMessageContaining("must not be negative");
    }

    @Test
    void shouldLeaveNoMethodThatDrawsToTheJavaRelease() {
        for (Method method : RandomGenerator.class.getMethods()) {
            if (method.getName().startsWith("next")) {
                assertThat(RandomStream.class)
                        .satisfies(type -> assertThat(type.getMethod(method.getName(), method.getParameterTypes())
                                        .getDeclaringClass())
                                .as(method.toString())
                                .isEqualTo(RandomStream.class));
            }
        }
    }
}
