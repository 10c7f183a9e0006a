package io.dartboard.pipeline.view;

import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works out how far each stage of a run is. */
final class Stages {
    private Stages() {}

    static List<StageView> of(
            RunRequested request,
            List<SearchView> searches,
            List<GenotypeRetrained> retrainings,
            @Nullable GenotypeTransferred transfer,
            List<JobProgressed> live) {
        if (request.getMeasureOnly()) {
            var seeds = request.getEvaluationSeeds().size();
            return List.of(retraining(StageView.SELECTION, Stage.SELECTION, seeds, retrainings, live));
        }
        var stages = new ArrayList<StageView>();
        if (request.getGenotype().isEmpty()) {
            stages.add(search(searches, live));
            stages.add(retraining(StageView.SELECTION, Stage.SELECTION, selections(searches), retrainings, live));
        }
        stages.add(retraining(
                StageView.EVALUATION,
                Stage.FULL,
                2 * request.getEvaluationSeeds().size(),
                retrainings,
                live));
        if (request.getTransfer() != null) {
            stages.add(new StageView(
                    StageView.TRANSFER,
                    transfer == null ? 0 : 1,
                    1,
                    transfer == null ? running(StageView.TRANSFER, live) : 1.0,
                    transfer == null ? 0.0 : transfer.getDeviceSeconds()));
        }
        return List.copyOf(stages);
    }

    private static StageView search(List<SearchView> searches, List<JobProgressed> live) {
        var done = (int) searches.stream().filter(SearchView::finished).count();
        var work = searches.stream()
                .mapToDouble(search -> Math.max(
                        share(search.epochsDone(), search.epochs()),
                        live.stream()
                                .filter(progressed -> progressed.getJob().equals(search.search()))
                                .mapToDouble(JobProgressed::getFraction)
                                .findFirst()
                                .orElse(0.0)))
                .sum();
        var seconds = searches.stream().mapToDouble(SearchView::deviceSeconds).sum();
        return new StageView(StageView.SEARCH, done, searches.size(), share(work, searches.size()), seconds);
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
            String name, Stage stage, int total, List<GenotypeRetrained> retrainings, List<JobProgressed> live) {
        var ended = retrainings.stream()
                .filter(retrained -> retrained.getStage() == stage)
                .toList();
        var seconds =
                ended.stream().mapToDouble(GenotypeRetrained::getDeviceSeconds).sum();
        return new StageView(name, ended.size(), total, share(ended.size() + running(name, live), total), seconds);
    }

    private static double running(String stage, List<JobProgressed> live) {
        return live.stream()
                .filter(progressed -> progressed.getStage().equals(stage))
                .mapToDouble(JobProgressed::getFraction)
                .sum();
    }

    private static double share(double work, int total) {
        return total == 0 ? 0.0 : Math.min(1.0, work / total);
    }
}
