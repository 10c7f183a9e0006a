package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.derive.EdgeWeighted;
import io.dartboard.nas.derive.ThresholdEdge;
import io.dartboard.nas.derive.ThresholdSparse;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.DirichletRelaxation;
import io.dartboard.nas.tensor.GumbelSoftmax;
import io.dartboard.nas.tensor.HardGumbel;
import io.dartboard.nas.tensor.ReinMax;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The methods by name: those of every kind of data, and how one is found. */
public final class SearchMethods {
    /** DARTS (arXiv 1806.09055), algorithm 1 with {@code xi = 0}: the first-order approximation. */
    public static final SearchMethod DARTS_FIRST_ORDER = new SearchMethod("darts-first-order", new FirstOrder())
            .from("DARTS (arXiv 1806.09055), algorithm 1 with xi = 0: the first-order approximation");

    /** DARTS (arXiv 1806.09055), algorithm 1 with {@code xi} the learning rate of the weights. */
    public static final SearchMethod DARTS_SECOND_ORDER = new SearchMethod("darts-second-order", new Unrolled())
            .from("DARTS (arXiv 1806.09055), algorithm 1: the second-order approximation");

    /** β-DARTS (arXiv 2203.01665): the first order, with beta decay. */
    public static final SearchMethod BETA_DARTS = new SearchMethod("beta-darts", new FirstOrder(), new BetaDecay(50))
            .from("beta-DARTS (arXiv 2203.01665): a penalty holds down what is ahead, the more the later");

    /** iDARTS (arXiv 2106.10784): two more terms of the Neumann series, and five steps of the weights for each of the alphas. */
    public static final SearchMethod IDARTS = new SearchMethod(
                    "idarts", new Implicit(2, Unrolled.PUBLISHED_RADIUS, Unrolled.PUBLISHED_RADIUS))
            .with(new InnerSteps(5))
            .from("iDARTS (arXiv 2106.10784): the implicit gradient, after several steps of the weights");

    /** SDARTS-RS (arXiv 2002.05283): the first order, the weights at mixing weights drawn evenly around those of the alphas. */
    public static final SearchMethod SDARTS_RS = new SearchMethod("sdarts-rs", new FirstOrder())
            .with(new UniformPerturbation(0.03, 0.3))
            .from("SDARTS-RS (arXiv 2002.05283): the weights learn at mixing weights drawn around the alphas'");

    /** SDARTS-ADV (arXiv 2002.05283): the first order, the weights at the worst mixing weights around those of the alphas. */
    public static final SearchMethod SDARTS_ADV = new SearchMethod("sdarts-adv", new FirstOrder())
            .with(new AdversarialPerturbation(0.03, 0.3, 7))
            .from("SDARTS-ADV (arXiv 2002.05283): the weights learn at the worst mixing weights around the alphas'");

    /** DARTS- (arXiv 2009.01027): the first order, with an auxiliary skip connection that fades. */
    public static final SearchMethod DARTS_MINUS = new SearchMethod("darts-minus", new FirstOrder())
            .with(new EdgeForm.AuxiliarySkip(1))
            .from("DARTS- (arXiv 2009.01027): an auxiliary skip connection on every edge fades with the epochs");

    /** PC-DARTS (arXiv 1907.05737): the first order on a quarter of the channels, with edges that compete. */
    public static final SearchMethod PC_DARTS = new SearchMethod("pc-darts", new FirstOrder())
            .with(new EdgeForm.PartialChannels(4), new EdgeWeighted())
            .with(new AlphaWarmUp(0.3))
            .from("PC-DARTS (arXiv 1907.05737): candidates see a quarter of the channels, and edges compete");

    /** GDAS (arXiv 1910.04465): the first order, of one candidate of each edge, which is drawn. */
    public static final SearchMethod GDAS = new SearchMethod("gdas", new FirstOrder())
            .with(HardGumbel.GDAS)
            .from("GDAS (arXiv 1910.04465): one candidate of each edge is drawn in every step");

    /** SNAS (arXiv 1812.09926): the first order, of weights drawn from concrete distributions. */
    public static final SearchMethod SNAS = new SearchMethod("snas", new FirstOrder())
            .with(GumbelSoftmax.SNAS)
            .from("SNAS (arXiv 1812.09926): mixing weights are drawn from concrete distributions, which cool");

    /** GDAS with the gradient of ReinMax (arXiv 2304.08612) through what is drawn. */
    public static final SearchMethod REINMAX = new SearchMethod("reinmax", new FirstOrder())
            .with(new ReinMax(1))
            .from("ReinMax (arXiv 2304.08612): one candidate of each edge is drawn, with a gradient of second order");

    /** DrNAS (arXiv 2006.10355): the first order, of weights from a Dirichlet distribution that is held near the even one. */
    public static final SearchMethod DRNAS = new SearchMethod(
                    "drnas", new FirstOrder(), new DirichletPull(1e-3), new DirichletRelaxation())
            .from("DrNAS (arXiv 2006.10355): mixing weights are drawn from Dirichlet distributions");

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
    public static final List<SearchMethod> SHARED = List.of(
            DARTS_FIRST_ORDER,
            DARTS_SECOND_ORDER,
            BETA_DARTS,
            IDARTS,
            SDARTS_RS,
            SDARTS_ADV,
            DARTS_MINUS,
            PC_DARTS,
            GDAS,
            SNAS,
            REINMAX,
            DRNAS);

    private SearchMethods() {}

    /** Those that can search for recurrent cells. */
    public static List<SearchMethod> recurrent() {
        return SHARED.stream()
                .filter(method -> method.edges().unfitForRecurrentCells().isEmpty())
                .toList();
    }

    /**
     * The method of an id.
     *
     * @param known those that can be asked for
     * @throws IllegalArgumentException if it is none of these; the message lists them, or says why it is not among them
     */
    public static SearchMethod of(String id, List<SearchMethod> known) {
        return find(id, known)
                .orElseThrow(() -> new IllegalArgumentException(find(id, SHARED)
                        .flatMap(method -> method.edges().unfitForRecurrentCells())
                        .map(reason -> "search method '%s' cannot search for recurrent cells: %s".formatted(id, reason))
                        .orElseGet(() -> "unknown search method '%s'; known: %s"
                                .formatted(
                                        id, known.stream().map(SearchMethod::id).collect(Collectors.joining(", "))))));
    }

    private static Optional<SearchMethod> find(String id, List<SearchMethod> methods) {
        return methods.stream().filter(method -> method.id().equals(id)).findFirst();
    }
}
