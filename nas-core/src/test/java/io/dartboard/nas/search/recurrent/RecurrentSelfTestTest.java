package io.dartboard.nas.search.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.recurrent.RecurrentFirstOrder;
import io.dartboard.nas.hypergradient.recurrent.RecurrentHypergradient.Estimate;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Half;
import io.dartboard.nas.ops.recurrent.LanguageLoss;
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
    void shouldPassWhereTheSearchWorks() {
        assertThat(new RecurrentSelfTest(Device.cpu()).run()).isEmpty();
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
        assertThat(new RecurrentSelfTest(Device.cpu(), idle).run().orElseThrow())
                .startsWith("recurrent self-test failed: alpha 1 moved by 0.000e+00");
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
        assertThat(new RecurrentSelfTest(Device.cpu(), confused).run().orElseThrow())
                .contains("where the validation loss asks for");
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
        assertThat(new RecurrentSelfTest(Device.cpu(), leaking).run())
                .contains("recurrent self-test failed: the alpha step changed a weight");
        RecurrentSearchStep still = new Broken() {
            @Override
            public WeightStep weightStep(NDManager scope, RecurrentSearchState state, Half train, double learningRate) {
                return SOUND.weightStep(scope, state, train, 0);
            }
        };
        assertThat(new RecurrentSelfTest(Device.cpu(), still).run().orElseThrow())
                .contains("the weight step did not lower the training loss");
    }
}
