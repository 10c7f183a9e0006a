package io.dartboard.nas.bilevel;

import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.text.search.TextSearch;
import java.util.List;
import java.util.Map;

/**
 * Few methods that together have every part there is, for what is true of a method if it is true of its parts, and is dear to
 * find out. {@link SearchPartsTest} holds them to that. On images they need four cells.
 */
public final class EveryPart {
    /** For three epochs: the warm-up is over in the second, and iDARTS moves the alphas every other step. */
    private static final Map<String, Double> BRIEF = Map.of(
            "alphaWarmup", 0.5, "innerSteps", 2.0, "alphaWarmupEpochs", 1.0, "tuneEpochs", 1.0, "matchedSteps", 2.0);

    /** Of a cell with two edges, which are decided an epoch apart. */
    private static final CnnSpace TWO_EDGES = new CnnSpace(
            "two-edges", List.of(Primitive.NONE, Primitive.SKIP_CONNECT, Primitive.SEP_CONV_3X3), new CellShape(2, 1));

    private EveryPart() {}

    public static List<SearchMethod> onImages() {
        return List.of(
                image(
                        "darts-second-order",
                        Map.of("penalty", "beta-decay", "edges", "auxiliary-skip", "schedule", "cosine")),
                image("sdarts-adv", Map.of()),
                image("drnas", Map.of("edges", "partial-channels", "derivation", "edge-weighted")),
                image("idarts", Map.of("relaxation", "hard-gumbel")),
                image("snas", Map.of("gate", "warm-up")),
                image("reinmax", Map.of()),
                image("oles", Map.of("gradient", "unrolled")),
                image("sdarts-rs", Map.of("initial", "zero", "weightPenalty", "layer-alignment")),
                image("fairdarts-edge", Map.of()),
                image("d-darts-ablation", Map.of()),
                image("dartopti", Map.of()),
                image("darts-pt", Map.of()),
                SearchMethods.P_DARTS.with(Map.of("stageCells", 1.0, "firstSkipDropout", 0.2)));
    }

    /** The space in which one of them searches. */
    public static CnnSpace space(SearchMethod method) {
        if (method.discretization().tunedFor().isPresent()) {
            return TWO_EDGES;
        }
        return method.initial().beginsWithANetwork() ? CnnSpace.DARTOPTI_RESNET18 : CnnSpace.DARTS;
    }

    /** The same but for what recurrent cells cannot have; and that which only they have. */
    public static List<SearchMethod> onText() {
        return List.of(
                text("darts-second-order", Map.of("penalty", "beta-decay", "schedule", "cosine")),
                text("sdarts-adv", Map.of()),
                text("drnas", Map.of()),
                text("idarts", Map.of("relaxation", "hard-gumbel")),
                text("snas", Map.of("gate", "warm-up")),
                text("reinmax", Map.of()),
                text("sdarts-rs", Map.of("initial", "zero")),
                text("darts-first-order", Map.of("relaxation", "sigmoid", "penalty", "zero-one")),
                TextSearch.DARTS_AS_PUBLISHED);
    }

    private static SearchMethod image(String method, Map<String, String> parts) {
        return brief(Composition.of(method, parts, ImageSearch.METHODS).among(ImageSearch.METHODS));
    }

    private static SearchMethod text(String method, Map<String, String> parts) {
        return brief(Composition.of(method, parts, TextSearch.METHODS).among(TextSearch.METHODS));
    }

    private static SearchMethod brief(SearchMethod method) {
        for (Map.Entry<String, Double> parameter : BRIEF.entrySet()) {
            if (method.parameters().containsKey(parameter.getKey())) {
                return method.with(Map.of(parameter.getKey(), parameter.getValue()));
            }
        }
        return method;
    }
}
