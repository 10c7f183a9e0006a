package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.KeptCandidates;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.setting.Checks;
import java.util.List;
import java.util.Optional;

/**
 * Three stages, each with a deeper supernet than the one before, whose edges keep fewer candidates: those that weighed most at its
 * end. So what is searched comes near the depth at which it is retrained, at about the same cost. Skip connections, which learn
 * fastest in a deep supernet, are dropped out, the less the longer a stage lasts.
 *
 * <p>Source: Chen et al., <i>Progressive Differentiable Architecture Search</i> (P-DARTS, arXiv 1904.12760);
 * how dropout fades from the authors' code.
 *
 * @param stageWarmup share of a stage's epochs in which the alphas stay as they are, whole epochs, rounded down; the authors wait
 *     for 10 of 25
 * @param stageCells by how many cells the supernet of a stage is deeper than that of the one before; the authors have 5, 11, 17
 * @param secondCandidates that each edge has left in the second stage
 * @param thirdCandidates likewise in the third
 * @param firstSkipDropout share of a skip connection's values that is dropped out at the begin of the first stage
 * @param secondSkipDropout likewise of the second
 * @param thirdSkipDropout likewise of the third
 */
public record ProgressiveStages(
        double stageWarmup,
        int stageCells,
        int secondCandidates,
        int thirdCandidates,
        double firstSkipDropout,
        double secondSkipDropout,
        double thirdSkipDropout)
        implements Stages {
    /** By which the share falls from an epoch that moves the alphas to the next: exp(-0.2). */
    private static final double FADING = 0.2;

    /** So that one of them is not {@code none}. */
    private static final int FEWEST = 2;

    public ProgressiveStages {
        Checks.share("stageWarmup", stageWarmup);
        Checks.atLeast("stageCells", stageCells, 0, "(0 leaves the depth as it is)");
        Checks.atLeast("thirdCandidates", thirdCandidates, FEWEST, "so that an edge has more than none");
        Checks.atLeast("secondCandidates", secondCandidates, thirdCandidates, "which the third stage keeps of them");
        Checks.share("firstSkipDropout", firstSkipDropout);
        Checks.share("secondSkipDropout", secondSkipDropout);
        Checks.share("thirdSkipDropout", thirdSkipDropout);
    }

    @Override
    public int count() {
        return dropouts().size();
    }

    private List<Double> dropouts() {
        return List.of(firstSkipDropout, secondSkipDropout, thirdSkipDropout);
    }

    @Override
    public AlphaGate gate() {
        return new AlphaWarmUp(stageWarmup);
    }

    @Override
    public int cells(int stage, int first) {
        return first + stage * stageCells;
    }

    @Override
    public KeptCandidates after(int stage, Alphas alphas, Relaxation relaxation) {
        return KeptCandidates.strongest(alphas, relaxation, stage == 0 ? secondCandidates : thirdCandidates);
    }

    @Override
    public double skipDropout(int stage) {
        return dropouts().get(stage);
    }

    @Override
    public double skipDropout(int stage, int epoch, int epochs, int closed) {
        double fading =
                epoch < closed ? (double) (epochs - epoch - 1) / epochs : StrictMath.exp(-FADING * (epoch - closed));
        return skipDropout(stage) * fading;
    }

    @Override
    public Optional<String> unfitForRecurrentCells() {
        return Optional.of("its supernet grows deeper from stage to stage, and theirs is one cell");
    }

    @Override
    public Optional<String> unfitToEndEarly() {
        return Optional.of(
                "it searches in stages, each of which begins anew with another supernet, and only the last has the depth that it searches for");
    }
}
