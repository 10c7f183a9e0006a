package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.ArchitectureSelfTest.Verdict;
import io.dartboard.nas.bilevel.Hypergradient.Estimate;
import io.dartboard.nas.image.search.ImageRehearsal;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.text.search.TextRehearsal;
import io.dartboard.nas.text.search.TextSearch;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureSelfTestTest {
    private static final FirstOrder FIRST = new FirstOrder();

    static Stream<Rehearsal> kinds() {
        return Stream.of(new ImageRehearsal(), new TextRehearsal());
    }

    static Stream<Arguments> methods() {
        return Stream.concat(
                ArchitectureSelfTest.checkable(ImageSearch.METHODS).stream()
                        .map(method -> Arguments.of(new ImageRehearsal(), method)),
                ArchitectureSelfTest.checkable(TextSearch.METHODS).stream()
                        .map(method -> Arguments.of(new TextRehearsal(), method)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldPassEveryMethod(Rehearsal rehearsal, SearchMethod method) {
        Verdict verdict = new ArchitectureSelfTest(Device.cpu(), rehearsal, method).run();

        assertThat(verdict.passed()).as(verdict.line()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldPassAMethodOfAnotherRelaxation(Rehearsal rehearsal) {
        SearchMethod sigmoids = new SearchMethod("sigmoids", FIRST, AlphaPenalty.NONE, DeviceRelaxation.SIGMOID);

        Verdict verdict = new ArchitectureSelfTest(Device.cpu(), rehearsal, sigmoids).run();

        assertThat(verdict.passed()).as(verdict.line()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFailARelaxationThatTheAlphasDoNotReach(Rehearsal rehearsal) {
        DeviceRelaxation deaf = new DeviceRelaxation() {
            @Override
            public String id() {
                return DeviceRelaxation.SOFTMAX.id();
            }

            @Override
            public double[] weights(float[] alphas) {
                return DeviceRelaxation.SOFTMAX.weights(alphas);
            }

            @Override
            public NDArray weights(NDArray alphas) {
                return DeviceRelaxation.SOFTMAX.weights(alphas.duplicate());
            }

            @Override
            public boolean competes() {
                return true;
            }
        };
        SearchMethod method = new SearchMethod("deaf", FIRST, AlphaPenalty.NONE, deaf);

        assertThat(new ArchitectureSelfTest(Device.cpu(), rehearsal, method)
                        .run()
                        .passed())
                .isFalse();
    }

    @Test
    void shouldNotAskAMethodForTheSlopeOfNothing() {
        assertThat(ArchitectureSelfTest.checkable(TextSearch.METHODS))
                .hasSize(TextSearch.METHODS.size() - 1)
                .doesNotContain(TextSearch.DARTS_AS_PUBLISHED);
        assertThatThrownBy(() ->
                        new ArchitectureSelfTest(Device.cpu(), new TextRehearsal(), TextSearch.DARTS_AS_PUBLISHED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("darts-second-order-as-published follows the slope of nothing");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldTellFirstAndSecondOrderApart(Rehearsal rehearsal) {
        SearchStep firstOrder = new Broken(rehearsal);

        Verdict verdict = new ArchitectureSelfTest(
                        Device.cpu(), rehearsal, new SearchMethod("unrolled", new Unrolled(1e-6)), firstOrder)
                .run();

        assertThat(verdict.line()).contains("where the slope of the validation loss is");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFailAnAlphaStepThatForgetsThePenalty(Rehearsal rehearsal) {
        AlphaPenalty squares =
                (alphas, layout, progress) -> Optional.of(alphas.square().sum());

        Verdict verdict = new ArchitectureSelfTest(
                        Device.cpu(), rehearsal, new SearchMethod("squares", FIRST, squares), new Broken(rehearsal))
                .run();

        assertThat(verdict.line()).contains("where the slope of the validation loss is");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFailAnAlphaStepThatDoesNothing(Rehearsal rehearsal) {
        assertFails("moved by 0.000e+00 where the validation loss", rehearsal, new Broken(rehearsal) {
            @Override
            public Estimate alphaStep(
                    NDManager scope, SearchState state, Objective train, Objective valid, Moment moment) {
                return estimate(scope, state, train, valid);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFailAnAlphaStepThatClimbs(Rehearsal rehearsal) {
        assertFails("validation loss", rehearsal, new Broken(rehearsal) {
            @Override
            public Estimate alphaStep(
                    NDManager scope, SearchState state, Objective train, Objective valid, Moment moment) {
                Estimate estimate = estimate(scope, state, train, valid);
                try (Autograd.Mode paused = Autograd.paused()) {
                    state.adam().step(estimate.gradient().neg());
                }
                return estimate;
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFailAnAlphaStepOnTheTrainingHalf(Rehearsal rehearsal) {
        assertFails("where the slope of the validation loss is", rehearsal, new Broken(rehearsal) {
            @Override
            public Estimate alphaStep(
                    NDManager scope, SearchState state, Objective train, Objective valid, Moment moment) {
                return super.alphaStep(scope, state, valid, train, moment);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFailAnAlphaStepThatTouchesTheWeights(Rehearsal rehearsal) {
        assertFails("the alpha step changed a weight", rehearsal, new Broken(rehearsal) {
            @Override
            public Estimate alphaStep(
                    NDManager scope, SearchState state, Objective train, Objective valid, Moment moment) {
                Scalars.timesInPlace(state.point().weights().values(), 1.001);
                return super.alphaStep(scope, state, train, valid, moment);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFailAWeightStepThatTouchesTheAlphas(Rehearsal rehearsal) {
        assertFails("changed an alpha", rehearsal, new Broken(rehearsal) {
            @Override
            public WeightStep weightStep(NDManager scope, SearchState state, Objective train, Moment moment) {
                Scalars.timesInPlace(state.point().alphas().values(), 1.001);
                return super.weightStep(scope, state, train, moment);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFailAWeightStepThatDoesNotLearn(Rehearsal rehearsal) {
        assertFails("did not lower", rehearsal, new Broken(rehearsal) {
            @Override
            public WeightStep weightStep(NDManager scope, SearchState state, Objective train, Moment moment) {
                return super.weightStep(scope, state, train, new Moment(0, 1, 0));
            }
        });
    }

    @Test
    void shouldSayWhyItCouldNotRun() {
        Rehearsal rehearsal = new ImageRehearsal();
        Verdict verdict = new ArchitectureSelfTest(
                        Device.cpu(), rehearsal, SearchMethods.DARTS_FIRST_ORDER, new Broken(rehearsal) {
                            @Override
                            public Estimate alphaStep(
                                    NDManager scope,
                                    SearchState state,
                                    Objective train,
                                    Objective valid,
                                    Moment moment) {
                                throw new IllegalStateException("no memory");
                            }
                        })
                .run();

        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.line()).contains("could not run").contains("no memory");
    }

    private static Estimate estimate(NDManager scope, SearchState state, Objective train, Objective valid) {
        InnerStep inner = new SgdStep(state.point(), state.sgd(), train, 0, InnerStep.UNBOUNDED);
        return FIRST.estimate(scope, inner, valid);
    }

    private static void assertFails(String expected, Rehearsal rehearsal, SearchStep broken) {
        Verdict verdict =
                new ArchitectureSelfTest(Device.cpu(), rehearsal, SearchMethods.DARTS_FIRST_ORDER, broken).run();

        assertThat(verdict.passed()).as(verdict.line()).isFalse();
        assertThat(verdict.line()).contains(expected);
    }

    /** A sound step of the first order, of which one half is to be replaced. */
    private static class Broken implements SearchStep {
        private final SearchStep sound;

        Broken(Rehearsal rehearsal) {
            sound = new AlternatingStep(
                    SearchMethods.DARTS_FIRST_ORDER, rehearsal.optimisers(), ArchitectureSelfTest.STREAMS);
        }

        @Override
        public Estimate alphaStep(NDManager scope, SearchState state, Objective train, Objective valid, Moment moment) {
            return sound.alphaStep(scope, state, train, valid, moment);
        }

        @Override
        public WeightStep weightStep(NDManager scope, SearchState state, Objective train, Moment moment) {
            return sound.weightStep(scope, state, train, moment);
        }
    }
}
