package io.dartboard.local.show;

import io.dartboard.events.ChampionDecided;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunRequested;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.ArchitectureDistance;
import io.dartboard.pipeline.score.Scale;
import io.dartboard.pipeline.score.SeedScores;
import io.dartboard.pipeline.score.Spread;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.pipeline.view.StageView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Two runs side by side: what was asked for differently, what came of it, and whether the figures can be held against each
 * other at all. It decides nothing: that is the verdict's, which tests what is compared here.
 */
public final class RunComparison {
    /** What tells runs apart without telling what they asked for. */
    private static final Set<String> NAMES = Set.of("run", "requestedBy", "requestEpoch");

    private static final String NONE = "–";

    private final Terminal style;

    public RunComparison(Terminal style) {
        this.style = style;
    }

    /** The lines, of which those of settings name only what differs. */
    public List<String> lines(RunView first, RunView second) {
        var lines = new ArrayList<String>();
        lines.add(style.bold("What was asked for"));
        var asked = table(first, second);
        differences("", first.request(), second.request(), asked);
        var rows = asked.lines();
        if (rows.size() == 1) {
            lines.add("  the same, but for what it is called");
        } else {
            rows.forEach(row -> lines.add("  " + row));
        }
        lines.add("");
        lines.add(style.bold("What came of it"));
        outcome(first, second).lines().forEach(row -> lines.add("  " + row));
        lines.add("");
        apart(first, second).ifPresent(line -> lines.add("  " + line));
        comparable(first, second).forEach(line -> lines.add("  · " + line));
        return lines;
    }

    private static TextTable table(RunView first, RunView second) {
        return new TextTable("lll", "", first.run(), second.run());
    }

    /** A row for each setting that differs, by its path. */
    private static void differences(String path, SpecificRecord first, SpecificRecord second, TextTable into) {
        for (var field : first.getSchema().getFields()) {
            var name = path + field.name();
            if (NAMES.contains(name)) {
                continue;
            }
            var one = first.get(field.pos());
            var other = second.get(field.pos());
            if (one instanceof SpecificRecord mine && other instanceof SpecificRecord theirs) {
                differences(name + ".", mine, theirs, into);
            } else if (!Objects.equals(one, other)) {
                into.row(name, shortened(one), shortened(other));
            }
        }
    }

    private static String shortened(@Nullable Object value) {
        var text = value instanceof SpecificRecord
                ? "given"
                : value == null || value.toString().isEmpty() ? NONE : value.toString();
        return text.length() > 40 ? text.substring(0, 39) + "…" : text;
    }

    private static TextTable outcome(RunView first, RunView second) {
        var table = table(first, second);
        row(table, first, second, "state", view -> Optional.of(view.state().name()));
        row(table, first, second, "verdict", view -> view.verdict()
                .map(ChampionDecided::getVerdict)
                .map(Enum::name));
        row(table, first, second, "cell", view -> view.challenger().map(cell -> Milestones.hash(cell.getHash())));
        row(table, first, second, "validation, which decides", view -> view.challenger()
                .map(GenotypeEvaluated::getValidation)
                .map(scores -> Spread.of(scores).toString()));
        row(table, first, second, "test", view -> view.challenger().map(RunComparison::test));
        row(table, first, second, "test of a random cell", view -> view.evaluated(Origin.RANDOM)
                .map(RunComparison::test));
        row(table, first, second, "parameters", view -> view.challenger()
                .map(cell -> Quantity.count(cell.getParameters())));
        row(table, first, second, "multiply-adds", view -> view.challenger()
                .map(cell -> Quantity.count(cell.getMultiplyAdds())));
        row(table, first, second, "stopped in the selection", RunComparison::stopped);
        var stages = new LinkedHashSet<String>();
        List.of(first, second).forEach(view -> view.stages().forEach(stage -> stages.add(stage.stage())));
        for (var stage : stages) {
            row(table, first, second, "device time, " + stage, view -> view.stages().stream()
                    .filter(each -> each.stage().equals(stage))
                    .map(StageView::deviceSeconds)
                    .map(Quantity::seconds)
                    .findFirst());
        }
        return table;
    }

    private static void row(
            TextTable table, RunView first, RunView second, String what, Function<RunView, Optional<String>> value) {
        var one = value.apply(first);
        var other = value.apply(second);
        if (one.isPresent() || other.isPresent()) {
            table.row(what, one.orElse(NONE), other.orElse(NONE));
        }
    }

    private static Optional<String> stopped(RunView view) {
        return Optional.of(view.stopped()).filter(stopped -> !stopped.isEmpty()).map(stopped -> "%d, %s saved"
                .formatted(
                        stopped.size(),
                        Quantity.seconds(stopped.stream()
                                .mapToDouble(RetrainingStopped::getDeviceSecondsSaved)
                                .sum())));
    }

    private static String test(GenotypeEvaluated cell) {
        return SeedScores.of(cell).spread().toString();
    }

    /** How far the cells are apart. */
    private static Optional<String> apart(RunView first, RunView second) {
        var one = RunCard.genotype(first);
        var other = RunCard.genotype(second);
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        if (one.equals(other)) {
            return Optional.of("both come to the same cell");
        }
        var left = Architecture.parse(one.get());
        var right = Architecture.parse(other.get());
        if (!left.getClass().equals(right.getClass())) {
            return Optional.of("the cells are of different kinds");
        }
        var distance = ArchitectureDistance.ifAny(left, right);
        return Optional.of("%d edits lead from one cell to the other%s"
                .formatted(
                        left.distance(right),
                        distance.isPresent()
                                ? Quantity.format(", architecture distance %.4f", distance.getAsDouble())
                                : ""));
    }

    /** Why the figures do not say which cell is better, as far as that can be seen. */
    private static List<String> comparable(RunView first, RunView second) {
        var reasons = new ArrayList<String>();
        var mine = first.request();
        var theirs = second.request();
        if (first.measure() != second.measure()) {
            reasons.add("one is judged by %s, the other by %s: their figures cannot be compared"
                    .formatted(
                            Scale.of(first.measure()).title(),
                            Scale.of(second.measure()).title()));
            return reasons;
        }
        if (!data(mine).equals(data(theirs))) {
            reasons.add("they were judged on different data, so part of the difference is the data's");
        }
        if (!mine.getEvaluation().equals(theirs.getEvaluation())) {
            reasons.add("their cells were retrained under different settings");
        }
        if (!mine.getEvaluationSeeds().equals(theirs.getEvaluationSeeds())) {
            reasons.add("their cells were retrained with different seeds, so they are no pairs");
        }
        if (reasons.isEmpty()
                && first.challenger().isPresent()
                && second.challenger().isPresent()) {
            reasons.add("the same data, settings and seeds: like with like");
        }
        return reasons;
    }

    private static String data(RunRequested request) {
        return request.getDataset() + "@" + request.getDatasetVersion();
    }
}
