package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.derive.ThresholdEdge;
import io.dartboard.nas.derive.ThresholdSparse;
import io.dartboard.nas.tensor.DeviceRelaxation;
import java.util.List;
import java.util.stream.Collectors;

/** The methods by name: those of every kind of data, and how one is found. */
public final class SearchMethods {
    /** DARTS (arXiv 1806.09055), algorithm 1 with {@code xi = 0}: the first-order approximation. */
    public static final SearchMethod DARTS_FIRST_ORDER = new SearchMethod("darts-first-order", new FirstOrder());

    /** DARTS (arXiv 1806.09055), algorithm 1 with {@code xi} the learning rate of the weights. */
    public static final SearchMethod DARTS_SECOND_ORDER = new SearchMethod("darts-second-order", new Unrolled());

    /** β-DARTS (arXiv 2203.01665): the first order, with beta decay. */
    public static final SearchMethod BETA_DARTS = new SearchMethod("beta-darts", new FirstOrder(), new BetaDecay(50));

    /** FairDARTS (arXiv 1911.12126): candidates that do not compete, driven to 0 or 1, kept where they are strong. */
    public static final SearchMethod FAIR_DARTS = new SearchMethod(
                    "fairdarts", new FirstOrder(), new ZeroOneLoss(10), DeviceRelaxation.SIGMOID)
            .from("FairDARTS (arXiv 1911.12126)")
            .with(InitialAlphas.ZERO)
            .with(new ThresholdSparse(0.85));

    /** The same, which keeps up to two operations of every edge. */
    public static final SearchMethod FAIR_DARTS_EDGE = new SearchMethod(
                    "fairdarts-edge", new FirstOrder(), new ZeroOneLoss(10), DeviceRelaxation.SIGMOID)
            .from("FairDARTS (arXiv 1911.12126), threshold_edge of the authors' code")
            .with(InitialAlphas.ZERO)
            .with(new ThresholdEdge(0.85));

    /** D-DARTS (arXiv 2108.09306): as FairDARTS, and each cell has alphas and a loss of its own. */
    public static final SearchMethod D_DARTS = new SearchMethod(
                    "d-darts", new FirstOrder(), new CellZeroOneLoss(9), DeviceRelaxation.SIGMOID)
            .from("D-DARTS (arXiv 2108.09306)")
            .with(AlphaSharing.BY_CELL)
            .with(new CosineAlphas(1e-3))
            .with(InitialAlphas.ZERO)
            .with(new ThresholdSparse(0.85));

    /** The same, which keeps up to two operations of every edge. */
    public static final SearchMethod D_DARTS_EDGE = D_DARTS.named("d-darts-edge")
            .from("D-DARTS (arXiv 2108.09306), threshold_edge of the authors' code")
            .with(new ThresholdEdge(0.85));

    /** The same, in which what a cell contributes has an effect; a variant of ours. */
    public static final SearchMethod D_DARTS_ABLATION = D_DARTS.named("d-darts-ablation")
            .from("D-DARTS (arXiv 2108.09306), with an ablation term that has a gradient")
            .with(new MarginalContributions(0.7));

    /** Those that know nothing of the data. */
    public static final List<SearchMethod> SHARED = List.of(DARTS_FIRST_ORDER, DARTS_SECOND_ORDER, BETA_DARTS);

    private SearchMethods() {}

    /**
     * The method of an id.
     *
     * @param known those that can be asked for
     * @throws IllegalArgumentException if it is none of these; the message lists them
     */
    public static SearchMethod of(String id, List<SearchMethod> known) {
        return known.stream()
                .filter(method -> method.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown search method '%s'; known: %s"
                        .formatted(id, known.stream().map(SearchMethod::id).collect(Collectors.joining(", ")))));
    }
}
