package io.dartboard.bench.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Softmax;
import io.dartboard.nas.bilevel.Fit;
import io.dartboard.nas.bilevel.SearchReport;
import io.dartboard.nas.bilevel.Stage;
import io.dartboard.nas.derive.Projection;
import io.dartboard.nas.derive.StrongestOnEdge;
import io.dartboard.nas.guard.GuardPolicy;
import io.dartboard.nas.guard.GuardPolicy.Action;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.Primitive;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class GuardedEpochsTest {
    private static final NasBench201Space SPACE = NasBench201Space.PUBLISHED;
    private static final int EPOCHS = 50;
    private static final int STEPS = 390;
    /** A fifth of them: before that no rule speaks. */
    private static final int FROM = 10;

    /** A cell whose first edges are skip connections, the others a convolution. */
    private static SearchReport report(int epoch, int skips, double gradient) {
        float[] alphas = new float[SPACE.edgeCount() * SPACE.candidates().size()];
        for (int edge = 0; edge < SPACE.edgeCount(); edge++) {
            // Which convolution changes with the epoch: a cell that stays would have settled.
            Primitive convolution = epoch % 2 == 0 ? Primitive.NOR_CONV_1X1 : Primitive.NOR_CONV_3X3;
            Primitive op = edge < skips ? Primitive.SKIP_CONNECT : convolution;
            alphas[edge * SPACE.candidates().size() + SPACE.candidates().indexOf(op)] = 1;
        }
        return new SearchReport(
                epoch,
                0.1,
                (long) STEPS * (epoch + 1),
                new Fit(1, OptionalDouble.of(0.5)),
                new Fit(1, OptionalDouble.of(0.25)),
                new Alphas(Map.of(
                        "normal",
                        AlphaMatrix.of(SPACE.edgeCount(), SPACE.candidates().size(), alphas))),
                Map.of(
                        "normal",
                        new SearchReport.GroupReport(
                                OptionalDouble.of(gradient), 1, OptionalInt.of(0), OptionalDouble.of(0.2))),
                new SearchReport.Signs(OptionalInt.of(skips), Optional.empty(), OptionalDouble.empty()),
                Optional.empty(),
                Projection.NONE,
                new Stage(0, 0, EPOCHS));
    }

    private static GuardedEpochs epochs(boolean acts, int relaunches) {
        return new GuardedEpochs(
                new StrongestOnEdge(SPACE, new Softmax(), false), EPOCHS, new GuardPolicy(acts, relaunches));
    }

    /** Epochs up to one, with a single skip connection each. */
    private static GuardedEpochs healthy(GuardedEpochs epochs, int until) {
        for (int epoch = 0; epoch < until; epoch++) {
            assertThat(epochs.onEpoch(report(epoch, 1, 1))).isEqualTo(Directive.CONTINUE);
        }
        return epochs;
    }

    @Test
    void shouldEndASearchThatCollapsesWithItsLastHealthyCell() {
        GuardedEpochs epochs = healthy(epochs(true, 0), FROM + 1);
        var before = epochs.last();

        assertThat(epochs.onEpoch(report(FROM + 1, 4, 1))).isEqualTo(Directive.STOP);

        GuardedEpochs.End end = epochs.end().orElseThrow();
        assertThat(end.action()).isEqualTo(Action.ROLL_BACK);
        assertThat(end.at()).isEqualTo(FROM + 2);
        assertThat(end.cell()).contains(before);
        assertThat(end.collapsed()).isFalse();
        assertThat(end.told("").reasons())
                .first()
                .asString()
                .startsWith("4 skip connections in the normal cell of epoch 12");
        assertThat(epochs.all()).hasSize(FROM + 2).allMatch(epoch -> epoch.validAccuracy() == 25);
        assertThat(epochs.steps()).isEqualTo((long) STEPS * (FROM + 2));
    }

    @Test
    void shouldAskForAnotherWhileThereIsOneLeft() {
        GuardedEpochs epochs = healthy(epochs(true, 1), FROM + 1);
        epochs.onEpoch(report(FROM + 1, 6, 1));
        assertThat(epochs.end().orElseThrow().action()).isEqualTo(Action.RELAUNCH);
    }

    @Test
    void shouldOwnUpToACollapseFromTheStart() {
        GuardedEpochs epochs = epochs(true, 0);
        for (int epoch = 0; epoch <= FROM; epoch++) {
            epochs.onEpoch(report(epoch, 6, 1));
        }
        GuardedEpochs.End end = epochs.end().orElseThrow();
        assertThat(end.action()).isEqualTo(Action.STOP);
        assertThat(end.collapsed()).isTrue();
    }

    @Test
    void shouldWatchOnlyWithoutAGuard() {
        GuardedEpochs epochs = healthy(epochs(false, 0), FROM + 1);
        assertThat(epochs.onEpoch(report(FROM + 1, 6, 1))).isEqualTo(Directive.CONTINUE);
        assertThat(epochs.end()).isEmpty();
        assertThat(epochs.all()).hasSize(FROM + 2);
    }
}
