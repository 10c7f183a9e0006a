package io.dartboard.local.show;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.EdgeDecided;
import io.dartboard.events.Projection;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.pipeline.view.SearchView;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a search has decided by perturbation, for people. */
final class PerturbationText {
    private PerturbationText() {}

    /** How much is decided, and which operation was missed most; empty where nothing is decided. */
    static Optional<String> line(SearchView search) {
        return search.lastCheckpoint().flatMap(checkpoint -> Optional.ofNullable(checkpoint.getProjection())
                .map(decided -> line(checkpoint, decided)));
    }

    private static String line(AlphaCheckpointed checkpoint, Projection decided) {
        return "edges decided %d, nodes %d; missed most is %s"
                .formatted(
                        decided.getEdges().size(),
                        decided.getNodes().size(),
                        decided.getEdges().stream()
                                .max(Comparator.comparingDouble(PerturbationText::missed))
                                .map(edge -> mostMissed(checkpoint, edge))
                                .orElse("none"));
    }

    private static String mostMissed(AlphaCheckpointed checkpoint, EdgeDecided edge) {
        var operation = SearchSpace.of(checkpoint.getSpace()).candidates().get(edge.getOperation());
        return edge.getAccuracies().isEmpty()
                ? Quantity.format(
                        "%s on edge %d of the %s cell: perplexity %.2f without it, %.2f without another",
                        operation,
                        edge.getEdge(),
                        edge.getCell(),
                        Math.exp(Collections.max(edge.getLosses())),
                        Math.exp(Collections.min(edge.getLosses())))
                : Quantity.format(
                        "%s on edge %d of the %s cell: accuracy %.2f %% without it, %.2f %% without another",
                        operation,
                        edge.getEdge(),
                        edge.getCell(),
                        100 * Collections.min(edge.getAccuracies()),
                        100 * Collections.max(edge.getAccuracies()));
    }

    /** How far apart what was measured for an edge lies. */
    private static double missed(EdgeDecided edge) {
        List<Double> measured = edge.getAccuracies().isEmpty() ? edge.getLosses() : edge.getAccuracies();
        return Collections.max(measured) - Collections.min(measured);
    }
}
