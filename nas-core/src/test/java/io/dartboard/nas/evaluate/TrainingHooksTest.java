package io.dartboard.nas.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.evaluate.recurrent.RecurrentEpochReport;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.tensor.Safetensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingHooksTest {

    private final List<String> told = new ArrayList<>();
    private boolean due;
    private boolean stopped;

    private final TrainingHooks hooks = new TrainingHooks(
            (stepsDone, steps, epoch, epochs, endsEpoch, examples) -> {
                told.add("step %d of %d, epoch %d of %d%s, %d examples"
                        .formatted(stepsDone, steps, epoch, epochs, endsEpoch ? " ends" : "", examples));
                return due;
            },
            () -> stopped,
            () -> told.add("awaited"),
            () -> told.add("arrived"),
            (trainLoss, heldOutLoss, score) ->
                    told.add("losses %s %s, score %s".formatted(trainLoss, heldOutLoss, score)),
            (epoch, step, state) -> told.add("epoch %d, step %d: %s"
                    .formatted(epoch, step, Snapshot.of(state.get()).step())));

    @Test
    void shouldTellEverythingInPlainValues() {
        hooks.awaitsBatch();
        hooks.hasBatch();
        hooks.afterStep(new StepReport(1, 2, 5, 3, 64));
        hooks.onEpoch(new EpochReport(1, 0.1, 0.2, 2.5, 0.5, 1.5, 0.75, 1));
        hooks.onSnapshot(new Snapshot(1, 3, 8, new Safetensors(Map.of(), Map.of())));

        assertThat(told)
                .containsExactly(
                        "awaited",
                        "arrived",
                        "step 8 of 15, epoch 1 of 3, 64 examples",
                        "losses 2.5 1.5, score 25.0",
                        "epoch 1, step 8: 3");
    }

    @Test
    void shouldTellOfATextAsOfImages() {
        hooks.afterStep(new StepReport(1, 3, 4, 3, 60, 9, 14));
        hooks.onEpoch(new RecurrentEpochReport(1, 20, 2, 0, true));

        assertThat(told).containsExactly("step 9 of 14, epoch 1 of 3 ends, 60 examples", "losses 2.0 0.0, score 1.0");
    }

    @Test
    void shouldAskForACheckpointWhenOneIsDueAndAfterTheLastStep() {
        assertThat(hooks.afterStep(new StepReport(0, 0, 2, 2, 8))).isEqualTo(Directive.CONTINUE);
        assertThat(hooks.afterStep(new StepReport(1, 1, 2, 2, 8))).isEqualTo(Directive.CHECKPOINT);
        due = true;
        assertThat(hooks.afterStep(new StepReport(0, 0, 2, 2, 8))).isEqualTo(Directive.CHECKPOINT);
    }

    @Test
    void shouldStopWhenToldTo() {
        assertThat(hooks.wantsStop()).isFalse();
        due = true;
        stopped = true;
        assertThat(hooks.afterStep(new StepReport(1, 1, 2, 2, 8))).isEqualTo(Directive.STOP);
        assertThat(hooks.wantsStop()).isTrue();
    }
}
