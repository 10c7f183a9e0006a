package io.dartboard.nas.bilevel;

import io.dartboard.nas.genotype.RandomSearch;
import io.dartboard.nas.setting.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The methods by name: those of every kind of data, and how one is found. */
public final class SearchMethods {
    /** DARTS (arXiv 1806.09055), algorithm 1 with {@code xi = 0}: the first-order approximation. */
    public static final SearchMethod DARTS_FIRST_ORDER = new SearchMethod("darts-first-order", new FirstOrder())
            .from("DARTS (arXiv 1806.09055), algorithm 1 with xi = 0: the first-order approximation");

    /** DARTS (arXiv 1806.09055), algorithm 1 with {@code xi} the learning rate of the weights. */
    public static final SearchMethod DARTS_SECOND_ORDER = new SearchMethod("darts-second-order", new Unrolled())
            .from("DARTS (arXiv 1806.09055), algorithm 1: the second-order approximation");

    /** β-DARTS (arXiv 2203.01665): the first order, with beta decay. */
    public static final SearchMethod BETA_DARTS = method(
            "beta-darts",
            "beta-DARTS (arXiv 2203.01665): a penalty holds down what is ahead, the more the later",
            Map.of("penalty", "beta-decay"));

    /** iDARTS (arXiv 2106.10784): two more terms of the Neumann series, and five steps of the weights for each of the alphas. */
    public static final SearchMethod IDARTS = method(
            "idarts",
            "iDARTS (arXiv 2106.10784): the implicit gradient, after several steps of the weights",
            Map.of("gradient", "implicit", "gate", "inner-steps"));

    /** SDARTS-RS (arXiv 2002.05283): the first order, the weights at mixing weights drawn evenly around those of the alphas. */
    public static final SearchMethod SDARTS_RS = method(
            "sdarts-rs",
            "SDARTS-RS (arXiv 2002.05283): the weights learn at mixing weights drawn around the alphas'",
            Map.of("perturbation", "uniform"));

    /** SDARTS-ADV (arXiv 2002.05283): the first order, the weights at the worst mixing weights around those of the alphas. */
    public static final SearchMethod SDARTS_ADV = method(
            "sdarts-adv",
            "SDARTS-ADV (arXiv 2002.05283): the weights learn at the worst mixing weights around the alphas'",
            Map.of("perturbation", "adversarial"));

    /** DARTS- (arXiv 2009.01027): the first order, with an auxiliary skip connection that fades. */
    public static final SearchMethod DARTS_MINUS = method(
            "darts-minus",
            "DARTS- (arXiv 2009.01027): an auxiliary skip connection on every edge fades with the epochs",
            Map.of("edges", "auxiliary-skip"));

    /** Λ-DARTS (arXiv 2210.07998): the first order, with cells that are trained to agree on their alphas. */
    public static final SearchMethod LAMBDA_DARTS = method(
            "lambda-darts",
            "Lambda-DARTS (arXiv 2210.07998): the weights learn so that the normal cells agree on the alphas they share",
            Map.of("weightPenalty", "layer-alignment"));

    /** OLES (NeurIPS 2023): the first order, whose operations are trained while that serves the validation data. */
    public static final SearchMethod OLES = method(
            "oles",
            "OLES (Jiang et al., NeurIPS 2023): an operation that fits the training half alone is trained no further",
            Map.of("freeze", "gradient-matching"));

    /** PC-DARTS (arXiv 1907.05737): the first order on a quarter of the channels, with edges that compete. */
    public static final SearchMethod PC_DARTS = method(
            "pc-darts",
            "PC-DARTS (arXiv 1907.05737): candidates see a quarter of the channels, and edges compete",
            Map.of("edges", "partial-channels", "derivation", "edge-weighted", "gate", "warm-up"));

    /** GDAS (arXiv 1910.04465): the first order, of one candidate of each edge, which is drawn. */
    public static final SearchMethod GDAS = method(
            "gdas",
            "GDAS (arXiv 1910.04465): one candidate of each edge is drawn in every step",
            Map.of("relaxation", "hard-gumbel"));

    /** SNAS (arXiv 1812.09926): the first order, of weights drawn from concrete distributions. */
    public static final SearchMethod SNAS = method(
            "snas",
            "SNAS (arXiv 1812.09926): mixing weights are drawn from concrete distributions, which cool",
            Map.of("relaxation", "gumbel-softmax"));

    /** GDAS with the gradient of ReinMax (arXiv 2304.08612) through what is drawn. */
    public static final SearchMethod REINMAX = method(
            "reinmax",
            "ReinMax (arXiv 2304.08612): one candidate of each edge is drawn, with a gradient of second order",
            Map.of("relaxation", "reinmax"));

    /** DrNAS (arXiv 2006.10355): the first order, of weights from a Dirichlet distribution that is held near the even one. */
    public static final SearchMethod DRNAS = method(
            "drnas",
            "DrNAS (arXiv 2006.10355): mixing weights are drawn from Dirichlet distributions",
            Map.of("relaxation", "dirichlet", "penalty", "dirichlet-pull"));

    /** DARTS-PT (arXiv 2108.04392): the first order, whose supernet tells by what it misses what is kept. */
    public static final SearchMethod DARTS_PT = method(
            "darts-pt",
            "DARTS-PT (arXiv 2108.04392): edge by edge, what the trained supernet misses most is kept, whatever the alphas say",
            Map.of("derivation", "perturbation"));

    /** P-DARTS (arXiv 1904.12760): the first order, of a supernet that grows deeper while its edges keep fewer candidates. */
    public static final SearchMethod P_DARTS = method(
            "p-darts",
            "P-DARTS (arXiv 1904.12760): in three stages the supernet grows deeper, and its edges keep fewer candidates",
            Map.of("stages", "progressive", "derivation", "restricted-skips"));

    private static final Map<String, String> FAIR = Map.of(
            "relaxation", "sigmoid",
            "penalty", "zero-one",
            "initial", "zero",
            "derivation", "threshold-sparse");

    /** FairDARTS (arXiv 1911.12126): candidates that do not compete, driven to 0 or 1, kept where they are strong. */
    public static final SearchMethod FAIR_DARTS = method("fairdarts", "FairDARTS (arXiv 1911.12126)", FAIR);

    /** The same, which keeps up to two operations of every edge. */
    public static final SearchMethod FAIR_DARTS_EDGE = FAIR_DARTS
            .named("fairdarts-edge")
            .from("FairDARTS (arXiv 1911.12126), threshold_edge of the authors' code")
            .composed(Map.of("derivation", "threshold-edge"));

    /** D-DARTS (arXiv 2108.09306): as FairDARTS, and each cell has alphas and a loss of its own. */
    public static final SearchMethod D_DARTS = FAIR_DARTS
            .named("d-darts")
            .from("D-DARTS (arXiv 2108.09306)")
            .composed(Map.of("alphas", "by-cell", "penalty", "cell-zero-one", "schedule", "cosine"));

    /** The same, which keeps up to two operations of every edge. */
    public static final SearchMethod D_DARTS_EDGE = D_DARTS.named("d-darts-edge")
            .from("D-DARTS (arXiv 2108.09306), threshold_edge of the authors' code")
            .composed(Map.of("derivation", "threshold-edge"));

    /** The same, in which what a cell contributes has an effect; a variant of ours. */
    public static final SearchMethod D_DARTS_ABLATION = D_DARTS.named("d-darts-ablation")
            .from("D-DARTS (arXiv 2108.09306), with an ablation term that has a gradient")
            .composed(Map.of("gradient", "marginal-contributions"));

    /**
     * DARTOpti, in the authors' code of D-DARTS: as that, from a known network on, whose weights are trained alone at first, and
     * until the distance from it has settled.
     */
    public static final SearchMethod DARTOPTI = D_DARTS.named("dartopti")
            .from("DARTOpti, in the authors' code of D-DARTS (arXiv 2108.09306): begins with a known network")
            .composed(Map.of("initial", "known-network", "gate", "warm-up-epochs", "stop", "settled-distance"));

    /** The same, which keeps up to two operations of every edge. */
    public static final SearchMethod DARTOPTI_EDGE = DARTOPTI.named("dartopti-edge")
            .from("DARTOpti, in the authors' code of D-DARTS (arXiv 2108.09306), with its threshold_edge")
            .composed(Map.of("derivation", "threshold-edge"));

    /** Those that know nothing of the data. */
    public static final List<SearchMethod> SHARED = List.of(
            DARTS_FIRST_ORDER,
            DARTS_SECOND_ORDER,
            BETA_DARTS,
            IDARTS,
            SDARTS_RS,
            SDARTS_ADV,
            DARTS_MINUS,
            LAMBDA_DARTS,
            OLES,
            PC_DARTS,
            GDAS,
            SNAS,
            REINMAX,
            DRNAS,
            DARTS_PT,
            P_DARTS);

    private SearchMethods() {}

    /** The first order of DARTS with parts in the place of its own. */
    private static SearchMethod method(String id, String source, Map<String, String> parts) {
        return DARTS_FIRST_ORDER.named(id).from(source).composed(parts);
    }

    /** Those that can search for recurrent cells. */
    public static List<SearchMethod> recurrent() {
        return SHARED.stream()
                .filter(method -> method.unfitForRecurrentCells().isEmpty())
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
                        .flatMap(method -> method.unfitForRecurrentCells())
                        .map(reason -> "search method '%s' cannot search for recurrent cells: %s".formatted(id, reason))
                        .orElseGet(() -> "unknown search method '%s'%s"
                                .formatted(
                                        id,
                                        Nearest.orKnown(
                                                id,
                                                Stream.concat(
                                                                known.stream().map(SearchMethod::id),
                                                                // It is no search by gradients, and is asked for
                                                                // likewise.
                                                                Stream.of(RandomSearch.ID))
                                                        .toList())))));
    }

    private static Optional<SearchMethod> find(String id, List<SearchMethod> methods) {
        return methods.stream().filter(method -> method.id().equals(id)).findFirst();
    }
}
