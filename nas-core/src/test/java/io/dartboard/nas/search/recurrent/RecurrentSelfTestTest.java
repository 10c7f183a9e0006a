package io.dartboard.nas.search.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.recurrent.PublishedDefects;
import io.dartboard.nas.hypergradient.recurrent.RecurrentFirstOrder;
import io.dartboard.nas.hypergradient.recurrent.RecurrentHypergradient;
import io.dartboard.nas.hypergradient.recurrent.RecurrentHypergradient.Estimate;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Half;
import io.dartboard.nas.hypergradient.recurrent.RecurrentUnrolled;
import io.dartboard.nas.ops.recurrent.LanguageLoss;
import io.dartboard.nas.search.ArchitectureSelfTest.Verdict;
import org.junit.jupiter.api.Test;

class RecurrentSelfTestTest {
    private static final RecurrentSearchStep SOUND =
            new RecurrentAlternatingStep(new RecurrentFirstOrder(), new LanguageLoss(0, 0), 5);

    /** A step of which one half is replaced. */
    private static class Broken implements RecurrentSearchStep {
        @Override
        public Estimate alphaStep(
                NDManager scope, RecurrentSearchState state, Half train, Half valid, double learningRate) {
            return SOUND.alphaStep(scope, state, train, valid, learningRate);
        }

        @Override
        public WeightStep weightStep(NDManager scope, RecurrentSearchState state, Half train, double learningRate) {
            return SOUND.weightStep(scope, state, train, learningRate);
        }
    }

    @Test
    void shouldPassEveryMethodThatFollowsASlope() {
        assertThat(RecurrentSelfTest.methods())
                .extracting(RecurrentSearchMethod::id)
                .containsExactly("darts-first-order", "darts-second-order");
        for (RecurrentSearchMethod method : RecurrentSelfTest.methods()) {
            Verdict verdict = new RecurrentSelfTest(Device.cpu(), method).run();
            assertThat(verdict.passed()).as(verdict.line()).isTrue();
        }
    }

    @Test
    void shouldTellFirstAndSecondOrderApart() {
        RecurrentHypergradient unrolled = new RecurrentUnrolled(100, 0, PublishedDefects.NONE);
        assertThat(new RecurrentSelfTest(Device.cpu(), unrolled, SOUND).run().line())
                .contains("where the slope of the validation loss is");
    }

    @Test
    void shouldNotAskAMethodForTheSlopeOfNothing() {
        RecurrentSearchMethod published = new RecurrentDartsSecondOrder(PublishedDefects.ALL);
        assertThatThrownBy(() -> new RecurrentSelfTest(Device.cpu(), published))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNoticeAnAlphaStepThatDoesNothing() {
        RecurrentSearchStep idle = new Broken() {
            @Override
            public Estimate alphaStep(
                    NDManager scope, RecurrentSearchState state, Half train, Half valid, double learningRate) {
                return new RecurrentFirstOrder().estimate(scope, state.point(), train, valid, learningRate);
            }
        };
        assertThat(lineOf(idle)).startsWith("architecture self-test failed: alpha 1 moved by 0.000e+00");
    }

    @Test
    void shouldNoticeAnAlphaStepOnTheTrainingText() {
        RecurrentSearchStep confused = new Broken() {
            @Override
            public Estimate alphaStep(
                    NDManager scope, RecurrentSearchState state, Half train, Half valid, double learningRate) {
                return SOUND.alphaStep(scope, state, valid, train, learningRate);
            }
        };
        assertThat(lineOf(confused)).contains("where the slope of the validation loss is");
    }

    @Test
    void shouldNoticeAnAlphaStepThatMovesWeightsAndAWeightStepThatMovesNone() {
        RecurrentSearchStep leaking = new Broken() {
            @Override
            public Estimate alphaStep(
                    NDManager scope, RecurrentSearchState state, Half train, Half valid, double learningRate) {
                SOUND.weightStep(scope, state, train, learningRate);
                return SOUND.alphaStep(scope, state, train, valid, learningRate);
            }
        };
        assertThat(lineOf(leaking)).isEqualTo("architecture self-test failed: the alpha step changed a weight");
        RecurrentSearchStep still = new Broken() {
            @Override
            public WeightStep weightStep(NDManager scope, RecurrentSearchState state, Half train, double learningRate) {
                return SOUND.weightStep(scope, state, train, 0);
            }
        };
        assertThat(lineOf(still)).contains("the weight step did not lower the training loss");
    }

    private static String lineOf(RecurrentSearchStep broken) {
        Verdict verdict = new RecurrentSelfTest(Device.cpu(), new RecurrentFirstOrder(), broken).run();
        assertThat(verdict.passed()).as(verdict.line()).isFalse();
        return verdict.line();
    }
}
