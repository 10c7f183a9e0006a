package io.dartboard.nas.search;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.FirstOrder;
import io.dartboard.nas.hypergradient.Hypergradient;
import io.dartboard.nas.hypergradient.InnerStep;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Scalars;
import org.junit.jupiter.api.Test;

class ArchitectureSelfTestTest {
    private final SearchStep sound = new AlternatingStep(new FirstOrder(), 5);

    @Test
    void shouldPassEveryMethod() {
        for (SearchMethod method : SearchMethod.all()) {
            ArchitectureSelfTest.Verdict verdict = new ArchitectureSelfTest(Device.cpu(), method).run();

            assertThat(verdict.passed()).as(verdict.line()).isTrue();
        }
    }

    @Test
    void shouldFailAnAlphaStepThatDoesNothing() {
        assertFails("validation loss", new Broken() {
            @Override
            public Hypergradient.Estimate alphaStep(
                    NDManager scope, SearchState state, DeviceBatch train, DeviceBatch valid, double rate) {
                return estimate(scope, state, train, valid);
            }
        });
    }

    @Test
    void shouldFailAnAlphaStepThatClimbs() {
        assertFails("validation loss", new Broken() {
            @Override
            public Hypergradient.Estimate alphaStep(
                    NDManager scope, SearchState state, DeviceBatch train, DeviceBatch valid, double rate) {
                Hypergradient.Estimate estimate = estimate(scope, state, train, valid);
                try (Autograd.Mode paused = Autograd.paused()) {
                    state.adam().step(estimate.gradient().neg());
                }
                return estimate;
            }
        });
    }

    @Test
    void shouldFailAnAlphaStepThatTouchesTheWeights() {
        assertFails("changed a weight", new Broken() {
            @Override
            public Hypergradient.Estimate alphaStep(
                    NDManager scope, SearchState state, DeviceBatch train, DeviceBatch valid, double rate) {
                NDArray weights = state.point().weights().values();
                Scalars.timesInPlace(weights, 1.001);
                return sound.alphaStep(scope, state, train, valid, rate);
            }
        });
    }

    @Test
    void shouldFailAWeightStepThatTouchesTheAlphas() {
        assertFails("changed an alpha", new Broken() {
            @Override
            public WeightStep weightStep(NDManager scope, SearchState state, DeviceBatch train, double rate) {
                Scalars.timesInPlace(state.point().alphas().values(), 1.001);
                return sound.weightStep(scope, state, train, rate);
            }
        });
    }

    @Test
    void shouldFailAWeightStepThatDoesNotLearn() {
        assertFails("did not lower", new Broken() {
            @Override
            public WeightStep weightStep(NDManager scope, SearchState state, DeviceBatch train, double rate) {
                return sound.weightStep(scope, state, train, 0);
            }
        });
    }

    @Test
    void shouldSayWhyItCouldNotRun() {
        ArchitectureSelfTest.Verdict verdict = new ArchitectureSelfTest(Device.cpu(), new FirstOrder(), new Broken() {
                    @Override
                    public Hypergradient.Estimate alphaStep(
                            NDManager scope, SearchState state, DeviceBatch train, DeviceBatch valid, double rate) {
                        throw new IllegalStateException("no memory");
                    }
                })
                .run();

        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.line()).contains("could not run").contains("no memory");
    }

    private static Hypergradient.Estimate estimate(
            NDManager scope, SearchState state, DeviceBatch train, DeviceBatch valid) {
        InnerStep inner = new InnerStep(state.sgd(), state.point().objective(train), 0);
        return new FirstOrder().estimate(scope, inner, state.point().objective(valid));
    }

    private static void assertFails(String expected, SearchStep broken) {
        ArchitectureSelfTest.Verdict verdict = new ArchitectureSelfTest(Device.cpu(), new FirstOrder(), broken).run();

        assertThat(verdict.passed()).as(verdict.line()).isFalse();
        assertThat(verdict.line()).contains(expected);
    }

    private class Broken implements SearchStep {
        @Override
        public Hypergradient.Estimate alphaStep(
                NDManager scope, SearchState state, DeviceBatch train, DeviceBatch valid, double rate) {
            return sound.alphaStep(scope, state, train, valid, rate);
        }

        @Override
        public WeightStep weightStep(NDManager scope, SearchState state, DeviceBatch train, double rate) {
            return sound.weightStep(scope, state, train, rate);
        }
    }
}
