package io.dartboard.pipeline.view;

import io.dartboard.events.BaselineSelected;
import io.dartboard.events.Candidate;
import io.dartboard.events.CellSelected;
import io.dartboard.events.EvidenceWanted;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Origin;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.pipeline.run.NamedCells;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Works out how far each stage of a run is. */
final class Stages {
    private Stages() {}

    static List<StageView> of(
            RunRequested request,
            List<SearchView> searches,
            @Nullable CellSelected selection,
            @Nullable BaselineSelected baseline,
            List<GenotypeEvaluated> evaluations,
            @Nullable EvidenceWanted evidence,
            List<GenotypeRetrained> retrainings,
            int stopped,
            @Nullable GenotypeTransferred transfer,
            List<LiveJob> live,
            List<LiveJob> told) {
        if (request.getMeasureOnly()) {
            var seeds = request.getEvaluationSeeds().size();
            return List.of(retraining(StageView.SELECTION, Stage.SELECTION, seeds, retrainings, live, told));
        }
        var stages = new ArrayList<StageView>();
        var named = NamedCells.of(request);
        if (named.none()) {
            stages.add(search(searches, live, told));
        }
        if (named.none() || named.choosing()) {
            var own = selection != null
                    ? compared(selection.getCandidates())
                    : (named.none() ? selections(searches) : named.genotypes().size()) - stopped;
            var random = baseline != null
                    ? compared(baseline.getCandidates())
                    : request.getRandomCells() == 1 ? 0 : request.getRandomCells();
            stages.add(retraining(StageView.SELECTION, Stage.SELECTION, own + random, retrainings, live, told));
        }
        stages.add(retraining(
                StageView.EVALUATION,
                Stage.FULL,
                evaluations(request, evaluations, evidence),
                retrainings,
                live,
                told));
        if (request.getTransfer() != null) {
            stages.add(new StageView(
                    StageView.TRANSFER,
                    transfer == null ? 0 : 1,
                    1,
                    transfer == null ? running(StageView.TRANSFER, live) : 1.0,
                    seconds(
                            StageView.TRANSFER,
                            transfer == null ? Map.of() : Map.of(transfer.getJob(), transfer.getDeviceSeconds()),
                            told)));
        }
        return List.copyOf(stages);
    }

    private static StageView search(List<SearchView> searches, List<LiveJob> live, List<LiveJob> told) {
        var done = (int) searches.stream().filter(SearchView::finished).count();
        var work = searches.stream()
                .mapToDouble(search -> Math.max(
                        search.finished() ? 1.0 : share(search.epochsDone(), search.epochs()),
                        live.stream()
                                .filter(job -> job.word()
                                        .getJob()
                                        .equals(search.current().search()))
                                .mapToDouble(job -> job.word().getFraction())
                                .findFirst()
                                .orElse(0.0)))
                .sum();
        var seconds = seconds(
                StageView.SEARCH,
                searches.stream().collect(Collectors.toMap(SearchView::search, SearchView::deviceSeconds, Math::max)),
                told);
        return new StageView(StageView.SEARCH, done, searches.size(), share(work, searches.size()), seconds);
    }

    /** The run's cell and the random cell with every seed, and what the verdict wants, or has had, beside that. */
    private static int evaluations(
            RunRequested request, List<GenotypeEvaluated> evaluations, @Nullable EvidenceWanted evidence) {
        var seeds = new EnumMap<Origin, Integer>(Origin.class);
        seeds.put(NamedCells.of(request).origin(), request.getEvaluationSeeds().size());
        seeds.put(Origin.RANDOM, request.getEvaluationSeeds().size());
        evaluations.stream()
                .filter(evaluated -> evaluated.getStage() == Stage.FULL)
                .forEach(evaluated ->
                        seeds.merge(evaluated.getOrigin(), evaluated.getSeeds().size(), Math::max));
        if (evidence != null) {
            evidence.getCells()
                    .forEach(cell ->
                            seeds.merge(cell.getOrigin(), cell.getSeeds().size(), Math::max));
        }
        return seeds.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Cells that are over a ceiling are none of them. */
    private static int compared(List<Candidate> candidates) {
        return (int) candidates.stream().map(Candidate::getHash).distinct().count();
    }

    /** Searches that found the same cell share its retraining. */
    private static int selections(List<SearchView> searches) {
        var finals = searches.stream()
                .flatMap(search -> search.finalGenotype().stream())
                .toList();
        var open = searches.size() - finals.size();
        return open
                + (int) finals.stream().map(GenotypeDerived::getHash).distinct().count();
    }

    private static StageView retraining(
            String name,
            Stage stage,
            int total,
            List<GenotypeRetrained> retrainings,
            List<LiveJob> live,
            List<LiveJob> told) {
        var ended = retrainings.stream()
                .filter(retrained -> retrained.getStage() == stage)
                .toList();
        var seconds = seconds(
                name,
                ended.stream()
                        .collect(Collectors.toMap(
                                GenotypeRetrained::getJob, GenotypeRetrained::getDeviceSeconds, Math::max)),
                told);
        return new StageView(name, ended.size(), total, share(ended.size() + running(name, live), total), seconds);
    }

    /** What results have cost by their own word, or their workers' where that is more: it counts what was interrupted. */
    private static double seconds(String stage, Map<String, Double> results, List<LiveJob> told) {
        var spent = new HashMap<>(results);
        told.stream()
                .map(LiveJob::word)
                .filter(word -> word.getStage().equals(stage))
                .forEach(word -> spent.merge(word.getJob(), word.getDeviceSeconds(), Math::max));
        return spent.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static double running(String stage, List<LiveJob> live) {
        return live.stream()
                .filter(job -> job.word().getStage().equals(stage))
                .mapToDouble(job -> job.word().getFraction())
                .sum();
    }

    private static double share(double work, int total) {
        return total == 0 ? 0.0 : Math.min(1.0, work / total);
    }
}
