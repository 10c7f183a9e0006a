package io.dartboard.pipeline.view;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.Candidate;
import io.dartboard.events.CellSelected;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.JobFailed;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.run.NamedCells;
import io.dartboard.pipeline.run.RunLife;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which jobs belong to a run. A fact names the run that asked first; a run that joined later finds the job by its id,
 * which it can work out from its own request, and by the search ids that its selection names.
 */
final class RunJobs {
    private final RunRequested request;
    private final NamedCells named;
    private final Facts facts;
    private final boolean finishesSearches;
    private final List<SearchView> searches;
    private final Set<String> ids;

    RunJobs(RunLife life, Facts facts) {
        this.request = life.request();
        this.named = NamedCells.of(request);
        this.facts = facts;
        this.finishesSearches = life.finishes(StageView.SEARCH);
        this.searches = named.none()
                ? request.getSearchSeeds().stream().map(this::search).toList()
                : List.of();
        this.ids = evaluationIds();
        searches.stream().flatMap(search -> search.chain().stream()).forEach(search -> ids.add(search.search()));
        transferId().ifPresent(ids::add);
    }

    Optional<DatasetPublished> dataset() {
        return facts.dataset(request.getDataset(), request.getDatasetVersion());
    }

    Optional<DatasetPublished> transferDataset() {
        var transfer = request.getTransfer();
        return transfer == null ? Optional.empty() : facts.newest(transfer.getDataset());
    }

    List<SearchView> searches() {
        return searches;
    }

    List<GenotypeRetrained> retrainings() {
        return facts.retrainings().stream()
                .filter(retrained -> mine(retrained.getJob(), retrained.getRun()))
                .filter(retrained -> !isGivenUp(retrained.getJob()))
                .sorted(Comparator.comparing(GenotypeRetrained::getOrigin)
                        .thenComparing(GenotypeRetrained::getHash)
                        .thenComparing(GenotypeRetrained::getSeed))
                .toList();
    }

    Optional<GenotypeTransferred> transfer() {
        return facts.transfers().stream()
                .filter(transferred -> mine(transferred.getJob(), transferred.getRun()))
                .reduce((earlier, later) -> later);
    }

    List<JobFailed> failures() {
        return facts.failures().stream()
                .filter(failed -> mine(failed.getJob(), failed.getRun()))
                .toList();
    }

    /** One that was finished for another run all the same is none of this one's. */
    private boolean isGivenUp(String job) {
        return facts.stopped(request.getRun()).stream()
                .anyMatch(stopped -> stopped.getJob().equals(job));
    }

    /** Progress of jobs that have no result yet. */
    List<LiveJob> live() {
        var ended = new HashSet<String>();
        var all = searches.stream().flatMap(search -> search.chain().stream()).toList();
        all.stream()
                .filter(search -> search.finished() || search.ended().isPresent())
                .forEach(search -> ended.add(search.search()));
        all.stream()
                .flatMap(search -> search.lastCheckpoint().stream())
                .filter(AlphaCheckpointed::getFinalEpoch)
                .forEach(last -> ended.add(last.getSearch()));
        retrainings().forEach(retrained -> ended.add(retrained.getJob()));
        facts.stopped(request.getRun()).forEach(stopped -> ended.add(stopped.getJob()));
        transfer().ifPresent(transferred -> ended.add(transferred.getJob()));
        failures().stream().filter(failed -> !failed.getRetryable()).forEach(failed -> ended.add(failed.getJob()));
        return told().stream()
                .filter(job -> !ended.contains(job.word().getJob()))
                .sorted(Comparator.comparing((LiveJob job) -> job.word().getStage())
                        .thenComparing(job -> job.word().getJob()))
                .toList();
    }

    /** The newest word on each job that any has been told of, whether it has its result or not. */
    List<LiveJob> told() {
        return facts.progress().stream()
                .filter(job -> mine(job.word().getJob(), job.word().getRun()))
                .toList();
    }

    private boolean mine(String job, String run) {
        return run.equals(request.getRun()) || ids.contains(job);
    }

    private SearchView search(long seed) {
        return search(searchId(seed), seed);
    }

    private SearchView search(String id, long seed) {
        var relaunch = facts.relaunch(id);
        return new SearchView(
                id,
                seed,
                request.getSearch().getEpochs(),
                facts.checkpoints(id),
                facts.genotypes(id),
                finishesSearches,
                facts.steered(id),
                relaunch,
                relaunch.map(next -> search(next.getSuccessor(), seed)));
    }

    /** The selection's word stands above our own sum: it was right at the time, whatever engine version we are. */
    private String searchId(long seed) {
        return facts.selection(request.getRun()).stream()
                .flatMap(selected -> selected.getCandidates().stream())
                .filter(candidate -> candidate.getSeed() == seed)
                .map(Candidate::getSearch)
                .findFirst()
                .or(() -> dataset().map(published -> JobId.search(published, request.getSearch(), seed)))
                .orElse("");
    }

    private Set<String> evaluationIds() {
        var found = new HashSet<String>();
        facts.reused(request.getRun()).forEach(reused -> found.add(reused.getReused()));
        dataset().ifPresent(published -> {
            if (request.getMeasureOnly()) {
                request.getEvaluationSeeds()
                        .forEach(seed -> found.add(JobId.evaluation(
                                published, Stage.SELECTION, request.getGenotype(), request.getSelection(), seed)));
                return;
            }
            compared().forEach(genotype -> request.getEvaluationSeeds().stream()
                    .findFirst()
                    .ifPresent(seed -> found.add(
                            JobId.evaluation(published, Stage.SELECTION, genotype, request.getSelection(), seed))));
            fullGenotypes().forEach(genotype -> full(published, genotype, request.getEvaluationSeeds(), found));
            facts.evaluations(request.getRun()).stream()
                    .filter(evaluated -> evaluated.getStage() == Stage.FULL)
                    .forEach(evaluated -> full(published, evaluated.getGenotype(), evaluated.getSeeds(), found));
            facts.evidence(request.getRun()).stream()
                    .flatMap(wanted -> wanted.getCells().stream())
                    .forEach(cell -> full(published, cell.getGenotype(), cell.getSeeds(), found));
        });
        return found;
    }

    private void full(DatasetPublished published, String genotype, List<Long> seeds, Set<String> into) {
        seeds.forEach(
                seed -> into.add(JobId.evaluation(published, Stage.FULL, genotype, request.getEvaluation(), seed)));
    }

    /** The cells among which one is chosen, the random ones included, as far as they are known. */
    private Stream<String> compared() {
        var own = named.choosing()
                ? named.genotypes().stream()
                : searches.stream()
                        .flatMap(search -> search.finalGenotype().stream())
                        .map(GenotypeDerived::getGenotype);
        var random = facts.baseline(request.getRun()).stream()
                .flatMap(selected -> selected.getCandidates().stream())
                .map(Candidate::getGenotype);
        return Stream.concat(own, random);
    }

    private Stream<String> fullGenotypes() {
        return Stream.concat(
                        challenger().stream(),
                        facts.evaluations(request.getRun()).stream().map(GenotypeEvaluated::getGenotype))
                .distinct();
    }

    /** The cell that was given, or chosen. */
    private Optional<String> challenger() {
        return named.none() || named.choosing()
                ? facts.selection(request.getRun()).map(CellSelected::getGenotype)
                : Optional.of(request.getGenotype());
    }

    private Optional<String> transferId() {
        var settings = request.getTransfer();
        if (settings == null) {
            return Optional.empty();
        }
        return challenger()
                .flatMap(genotype -> transferDataset().map(published -> JobId.transfer(published, genotype, settings)));
    }
}
