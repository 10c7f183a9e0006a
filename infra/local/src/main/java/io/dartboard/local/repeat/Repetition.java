package io.dartboard.local.repeat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.AlphaMatrix;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.Origin;
import io.dartboard.events.Stage;
import io.dartboard.pipeline.evidence.EvidencePack;
import io.dartboard.pipeline.view.RunJson;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.pipeline.view.SearchView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * Compares a run with the pack of the same run, number by number: on the same processor, with the same engine, every one comes out
 * the same.
 */
public final class Repetition {
    /** What another machine, or another store, has otherwise. */
    private static final List<String> OF_THE_PLACE = List.of("deviceSeconds", "job", "origin");

    private final EvidencePack pack;
    private final RunView view;
    private final List<Part> parts = new ArrayList<>();

    private Repetition(EvidencePack pack, RunView view) {
        this.pack = pack;
        this.view = view;
    }

    /**
     * Compares.
     *
     * @param view the run that has been done again
     * @return a part each
     * @throws IllegalArgumentException if the pack lacks what is to be compared with
     */
    public static List<Part> of(EvidencePack pack, RunView view) {
        var repetition = new Repetition(pack, view);
        repetition.cell();
        pack.read(EvidencePack.SEARCHES).forEach(repetition::search);
        var again = RunJson.evidence(view).path("retrainings");
        pack.read(EvidencePack.RUN).path("retrainings").forEach(packed -> repetition.retraining(packed, again));
        return List.copyOf(repetition.parts);
    }

    private void cell() {
        var packed = new String(pack.file(EvidencePack.CELL), StandardCharsets.UTF_8).strip();
        var again = view.challenger().map(evaluated -> evaluated.getGenotype()).orElse("none");
        parts.add(
                packed.equals(again)
                        ? Part.same("cell", packed)
                        : Part.different("cell", "it was %s and is %s".formatted(packed, again)));
    }

    private void search(JsonNode packed) {
        var id = packed.path("search").asText();
        var name = "search, seed %d".formatted(packed.path("seed").asLong());
        var again = view.searches().stream()
                .flatMap(search -> search.chain().stream())
                .filter(search -> search.search().equals(id))
                .findFirst();
        if (again.isEmpty()) {
            parts.add(Part.different(name, "search %s was not done again".formatted(id)));
            return;
        }
        var numbers = 0L;
        for (var epoch : packed.path("epochs")) {
            var difference = difference(epoch, again.get());
            if (difference.isPresent()) {
                parts.add(Part.different(
                        name, "epoch %d: %s".formatted(epoch.path("epoch").asInt(), difference.get())));
                return;
            }
            for (var matrix : epoch.path("alphas")) {
                numbers += matrix.path("values").size();
            }
        }
        parts.add(Part.same(
                name,
                "%d alphas of %d epochs, bit by bit, and their losses and cells"
                        .formatted(numbers, packed.path("epochs").size())));
    }

    private static Optional<String> difference(JsonNode packed, SearchView search) {
        var epoch = packed.path("epoch").asInt();
        var again = search.checkpoints().stream()
                .filter(checkpoint -> checkpoint.getEpoch() == epoch)
                .findFirst();
        if (again.isEmpty()) {
            return Optional.of("it was not done again");
        }
        var cell = search.genotypes().stream()
                .filter(derived -> derived.getEpoch() == epoch)
                .map(GenotypeDerived::getGenotype)
                .findFirst()
                .orElse("");
        return alphas(packed.path("alphas"), again.get())
                .or(() -> number(
                        "the training loss",
                        packed.path("trainLoss"),
                        again.get().getTrainLoss()))
                .or(() -> number(
                        "the validation loss",
                        packed.path("validLoss"),
                        again.get().getValidLoss()))
                .or(() -> cell.equals(packed.path("genotype").asText())
                        ? Optional.empty()
                        : Optional.of("the cell was %s and is %s"
                                .formatted(packed.path("genotype").asText(), cell)));
    }

    private static Optional<String> alphas(JsonNode packed, AlphaCheckpointed again) {
        if (packed.size() != again.getAlphas().size()) {
            return Optional.of("there were alphas of %d cells and are of %d"
                    .formatted(packed.size(), again.getAlphas().size()));
        }
        for (var matrix : again.getAlphas()) {
            var before = StreamSupport.stream(packed.spliterator(), false)
                    .filter(each -> each.path("cell").asText().equals(matrix.getCell()))
                    .findFirst();
            if (before.isEmpty()) {
                return Optional.of("there were no alphas of %s".formatted(matrix.getCell()));
            }
            var difference = alphas(before.get().path("values"), matrix);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> alphas(JsonNode packed, AlphaMatrix matrix) {
        if (packed.size() != matrix.getValues().size()) {
            return Optional.of("%s had %d alphas and has %d"
                    .formatted(
                            matrix.getCell(), packed.size(), matrix.getValues().size()));
        }
        for (var place = 0; place < packed.size(); place++) {
            var before = Float.parseFloat(packed.path(place).asText());
            float now = matrix.getValues().get(place);
            if (Float.floatToRawIntBits(before) != Float.floatToRawIntBits(now)) {
                return Optional.of("alpha %d of %s was %s and is %s".formatted(place, matrix.getCell(), before, now));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> number(String what, JsonNode packed, double now) {
        var before = Double.parseDouble(packed.asText());
        return Double.doubleToRawLongBits(before) == Double.doubleToRawLongBits(now)
                ? Optional.empty()
                : Optional.of("%s was %s and is %s".formatted(what, before, now));
    }

    private void retraining(JsonNode packed, JsonNode all) {
        var stage = packed.path("stage").asText();
        var seed = packed.path("seed").asLong();
        var hash = packed.path("hash").asText();
        var name = "%s, cell %s, seed %d"
                .formatted(
                        stage.equals(Stage.FULL.name()) ? "retraining" : "brief retraining",
                        hash.substring(0, Math.min(8, hash.length())),
                        seed);
        var again = StreamSupport.stream(all.spliterator(), false)
                .filter(each -> each.path("stage").asText().equals(stage)
                        && each.path("seed").asLong() == seed
                        && each.path("hash").asText().equals(hash))
                .findFirst();
        if (again.isPresent()) {
            compare(name, packed, again.get());
        } else if (stage.equals(Stage.SELECTION.name())
                && view.stopped().stream().anyMatch(stopped -> stopped.getHash().equals(hash))) {
            parts.add(Part.left(
                    name,
                    "it was stopped this time, for it could no longer be the best: who races depends on the time"));
        } else if (packed.path("origin").asText().equals(Origin.CHAMPION.name())) {
            parts.add(Part.left(name, "the champion before, which this run has not been compared with"));
        } else if (stage.equals(Stage.FULL.name())
                && !view.request().getEvaluationSeeds().contains(seed)) {
            parts.add(Part.left(name, "a seed that was added to tell the cell from the champion before"));
        } else {
            parts.add(Part.different(name, "it was not done again"));
        }
    }

    private void compare(String name, JsonNode packed, JsonNode again) {
        if (!packed.path("job").asText().equals(again.path("job").asText())) {
            parts.add(Part.left(name, "that of an isomorphic cell stood for it, or stands for it now"));
            return;
        }
        var before = comparable(packed);
        var now = comparable(again);
        var names = new TreeSet<String>();
        before.fieldNames().forEachRemaining(names::add);
        now.fieldNames().forEachRemaining(names::add);
        // By their text: what was read of a file has other types of numbers.
        names.removeIf(
                each -> before.path(each).toString().equals(now.path(each).toString()));
        parts.add(
                names.isEmpty()
                        ? Part.same(name, "scores, curve and weights, bit by bit")
                        : Part.different(name, differences(names, before, now)));
    }

    private static String differences(TreeSet<String> names, JsonNode before, JsonNode now) {
        var first = names.first();
        return before.path(first).isContainerNode()
                ? "%s differ".formatted(String.join(", ", names))
                : "%s was %s and is %s".formatted(first, before.path(first), now.path(first));
    }

    /** Without what may differ, and with the weights' digest in place of their address. */
    private static ObjectNode comparable(JsonNode retraining) {
        ObjectNode node = retraining.deepCopy();
        node.remove(OF_THE_PLACE);
        node.put("weights", retraining.path("weights").path("sha256").asText());
        return node;
    }
}
