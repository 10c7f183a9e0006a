package io.dartboard.transfer.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.RetrainingReused;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.ArchitectureDistance;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.evidence.EvidencePack;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.pipeline.view.RunJson;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.pipeline.view.SearchView;
import io.dartboard.schemas.Topics;
import io.dartboard.training.kind.Kind;
import io.dartboard.transfer.PromotionEvents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a promotion, as files. It follows from facts alone that are told before the verdict is, so that it is the same
 * whenever it is asked for.
 */
final class EvidenceEvents {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String WEIGHTS = "weights.safetensors";
    private static final String ONNX = "model.onnx";

    private final ChampionDecided decided;

    private EvidenceEvents(ChampionDecided decided) {
        this.decided = decided;
    }

    /**
     * What a record tells; empty where it promotes nothing.
     *
     * @throws IllegalArgumentException if the record is no verdict
     */
    static Optional<EvidenceEvents> of(String key, byte[] record) {
        return PromotionEvents.of(key, record).map(EvidenceEvents::new);
    }

    /** The run that is promoted. */
    String run() {
        return decided.getRun();
    }

    /**
     * Packs the promotion.
     *
     * @param board all that has been told
     * @param release of this service
     * @throws IllegalArgumentException with one line, if what it rests on is not known, or its weights are none
     */
    EvidencePack pack(RunBoard board, ArtifactStore store, String release) {
        var view = board.run(decided.getRun())
                .orElseThrow(() -> new IllegalArgumentException("run %s is not known".formatted(decided.getRun())));
        var dataset = view.dataset()
                .orElseThrow(() -> new IllegalArgumentException(
                        "dataset %s@%s is not known".formatted(decided.getDataset(), decided.getDatasetVersion())));
        return new Promotion(decided, view, dataset, new TreeMap<>()).pack(board, store, release);
    }

    /** One promotion, with all that is known of its run. */
    private record Promotion(
            ChampionDecided decided, RunView view, DatasetPublished dataset, Map<String, byte[]> files) {
        EvidencePack pack(RunBoard board, ArtifactStore store, String release) {
            var chosen = WeightsEvents.chosen(decided, view);
            var weights = store.get(chosen.of().getWeights());
            files.put(WEIGHTS, weights);
            files.put(ONNX, Kind.ofCell(chosen.of().getGenotype()).onnx(Safetensors.read(weights)));
            cell();
            // However often it had been asked for.
            var request =
                    RunRequested.newBuilder(view.request()).setRequestEpoch(0).build();
            files.put(EvidencePack.REQUEST, Topics.RUNS.encode(request));
            files.put("request.json", EvidencePack.json(RunJson.plain(request)));
            files.put(EvidencePack.DATASET, Topics.DATASETS.encode(dataset));
            files.put("dataset.json", EvidencePack.json(RunJson.plain(dataset)));
            files.put("verdict.json", EvidencePack.json(RunJson.plain(decided)));
            files.put("decisions.json", EvidencePack.json(decisions(board)));
            files.put(EvidencePack.SEARCHES, EvidencePack.json(searches()));
            files.put(EvidencePack.RUN, EvidencePack.json(RunJson.evidence(view)));
            files.put("README.txt", PackGuide.TEXT.getBytes(StandardCharsets.UTF_8));
            return new EvidencePack(about(chosen, release), files);
        }

        private ObjectNode about(WeightsEvents chosen, String release) {
            var about = JSON.objectNode();
            about.putObject("dataset")
                    .put("name", dataset.getDataset())
                    .put("version", dataset.getVersion())
                    .put("digest", dataset.getDigest());
            about.put("run", decided.getRun());
            about.put("verdict", decided.getVerdict().name());
            about.set("champion", RunJson.plain(decided.getChallenger()));
            previous(about);
            about.putObject("weights")
                    .put("file", WEIGHTS)
                    .put("onnx", ONNX)
                    .put("seed", chosen.of().getSeed())
                    .put("chosen", chosen.reason())
                    .put("job", chosen.of().getJob());
            seeds(about.putObject("seeds"));
            costs(about.putObject("deviceSeconds"));
            var code = about.putObject("code").put("release", release).put("engine", JobId.ENGINE);
            CodeIdentity.science().ifPresent(digest -> code.put("nas-core", digest));
            about.put("repeat", "infra/run reproduce %s --home AN-EMPTY-FOLDER".formatted(decided.getRun()));
            return about;
        }

        /** The champion before, and how far the new one is from it. */
        private void previous(ObjectNode about) {
            var before = decided.getPrevious();
            if (before == null) {
                return;
            }
            var previous = RunJson.plain(before);
            var cell = Architecture.parse(decided.getChallenger().getGenotype());
            var held = Architecture.parse(before.getGenotype());
            if (Kind.ofCell(before.getGenotype())
                    == Kind.ofCell(decided.getChallenger().getGenotype())) {
                distance(previous, cell, held);
            }
            about.set("previous", previous);
        }

        private static void distance(ObjectNode into, Architecture cell, Architecture held) {
            ArchitectureDistance.ifAny(cell, held).ifPresent(distance -> into.put("distance", distance));
            try {
                into.put("edits", cell.distance(held));
            } catch (IllegalArgumentException e) {
                // Of another space: there is no way of edits from one to the other.
            }
        }

        private void seeds(ObjectNode seeds) {
            numbers(seeds.putArray("search"), view.request().getSearchSeeds());
            numbers(
                    seeds.putArray("evaluation"),
                    view.challenger().map(evaluated -> evaluated.getSeeds()).orElse(List.of()));
            seeds.put("randomCell", view.request().getRandomCellSeed());
        }

        private static void numbers(ArrayNode into, List<Long> numbers) {
            numbers.forEach(into::add);
        }

        /** What results have cost; what attempts that were interrupted have lost beside is not in them. */
        private void costs(ObjectNode seconds) {
            var search = view.searches().stream()
                    .mapToDouble(SearchView::deviceSeconds)
                    .sum();
            var selection = seconds(Stage.SELECTION);
            var evaluation = seconds(Stage.FULL);
            var transfer = view.transfer().map(done -> done.getDeviceSeconds()).orElse(0.0);
            seconds.put("search", search)
                    .put("selection", selection)
                    .put("evaluation", evaluation)
                    .put("transfer", transfer)
                    .put("total", search + selection + evaluation + transfer)
                    .put(
                            "reused",
                            view.reused().stream()
                                    .mapToDouble(RetrainingReused::getDeviceSeconds)
                                    .sum());
            if (!view.stopped().isEmpty()) {
                seconds.put(
                        "racing",
                        view.stopped().stream()
                                .mapToDouble(RetrainingStopped::getDeviceSecondsSaved)
                                .sum());
            }
        }

        private double seconds(Stage stage) {
            return view.retrainings(stage).stream()
                    .mapToDouble(GenotypeRetrained::getDeviceSeconds)
                    .sum();
        }

        private void cell() {
            var genotype = decided.getChallenger().getGenotype();
            var architecture = Architecture.parse(genotype);
            var json = JSON.objectNode()
                    .put("genotype", genotype)
                    .put("hash", decided.getChallenger().getHash());
            var cells = json.putObject("cells");
            architecture.kept().forEach((name, operations) -> {
                var list = cells.putArray(name);
                operations.forEach(kept -> list.addObject()
                        .put("node", kept.node())
                        .put("from", kept.from())
                        .put("operation", kept.operation().toString()));
            });
            files.put(EvidencePack.CELL, (genotype + "\n").getBytes(StandardCharsets.UTF_8));
            files.put("cell.json", EvidencePack.json(json));
            var title = "Champion of %s@%s".formatted(decided.getDataset(), decided.getDatasetVersion());
            var caption = "run %s, cell %s"
                    .formatted(decided.getRun(), decided.getChallenger().getHash());
            files.put("cell.svg", architecture.svg(title, caption).getBytes(StandardCharsets.UTF_8));
        }

        /** What standing orders have decided about the version, and why they have begun the run. */
        private ArrayNode decisions(RunBoard board) {
            var decisions = JSON.arrayNode();
            board.orders().stream()
                    .flatMap(order -> order.decisions().stream())
                    .map(told -> told.decided())
                    .filter(word -> word.getRuns().contains(decided.getRun())
                            || word.getDataset().equals(decided.getDataset())
                                    && word.getVersion().equals(decided.getDatasetVersion()))
                    .forEach(word -> decisions.add(RunJson.plain(word)));
            return decisions;
        }

        /** Epoch by epoch the alphas of each search, of those too as which it was made anew, and the cells. */
        private ArrayNode searches() {
            var searches = JSON.arrayNode();
            view.searches().stream().flatMap(search -> search.chain().stream()).forEach(search -> {
                var node = searches.addObject().put("search", search.search()).put("seed", search.seed());
                var epochs = node.putArray("epochs");
                search.checkpoints().forEach(checkpoint -> epochs.add(epoch(checkpoint, search)));
            });
            return searches;
        }

        private static ObjectNode epoch(AlphaCheckpointed checkpoint, SearchView search) {
            var epoch = JSON.objectNode()
                    .put("epoch", checkpoint.getEpoch())
                    .put("trainLoss", checkpoint.getTrainLoss())
                    .put("validLoss", checkpoint.getValidLoss());
            search.genotypes().stream()
                    .filter(derived -> derived.getEpoch() == checkpoint.getEpoch())
                    .forEach(derived -> epoch.put("genotype", derived.getGenotype()));
            var alphas = epoch.putArray("alphas");
            checkpoint.getAlphas().forEach(matrix -> alphas.add(RunJson.plain(matrix)));
            return epoch;
        }
    }
}
