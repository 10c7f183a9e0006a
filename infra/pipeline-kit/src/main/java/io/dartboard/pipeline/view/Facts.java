package io.dartboard.pipeline.view;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.BaselineSelected;
import io.dartboard.events.Candidate;
import io.dartboard.events.CellSelected;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvidenceWanted;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.JobFailed;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.Measure;
import io.dartboard.events.OrderPlaced;
import io.dartboard.events.RetrainingReused;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.Scores;
import io.dartboard.events.SearchRelaunched;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.SourceRead;
import io.dartboard.events.VersionDecided;
import io.dartboard.pipeline.run.RunLife;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * All facts heard, each once: a repeat changes nothing, and the word of an older attempt does not replace that of a newer
 * one.
 */
final class Facts {
    private final Map<String, DatasetPublished> datasets = new LinkedHashMap<>();
    private final Map<String, OrderPlaced> orders = new LinkedHashMap<>();
    private final Map<String, OrderView.Read> sources = new LinkedHashMap<>();
    private final Map<String, OrderView.Told> decisions = new LinkedHashMap<>();
    private final Map<String, RunLife> lives = new LinkedHashMap<>();
    private final Map<String, TreeMap<Integer, AlphaCheckpointed>> checkpoints = new LinkedHashMap<>();
    private final Map<String, TreeMap<Integer, GenotypeDerived>> genotypes = new LinkedHashMap<>();
    private final Map<String, List<SearchSteered>> steered = new LinkedHashMap<>();
    private final Map<String, SearchRelaunched> relaunches = new LinkedHashMap<>();
    private final Map<String, GenotypeRetrained> retrainings = new LinkedHashMap<>();
    private final Map<String, CellSelected> selections = new LinkedHashMap<>();
    private final Map<String, Map<String, RetrainingReused>> reused = new LinkedHashMap<>();
    private final Map<String, Map<String, RetrainingStopped>> stopped = new LinkedHashMap<>();
    private final Map<String, BaselineSelected> baselines = new LinkedHashMap<>();
    private final Map<String, EvidenceWanted> evidence = new LinkedHashMap<>();
    private final Map<String, GenotypeEvaluated> evaluations = new LinkedHashMap<>();
    private final Map<String, GenotypeTransferred> transfers = new LinkedHashMap<>();
    private final Map<String, ChampionDecided> verdicts = new LinkedHashMap<>();
    private final Map<String, LiveJob> progress = new LinkedHashMap<>();
    private final Map<String, JobFailed> failures = new LinkedHashMap<>();

    /** Takes one event; kinds that say nothing of a run's standing are passed over. */
    void apply(SpecificRecord event, Instant time) {
        RunLife.runOf(event)
                .ifPresent(run -> RunLife.after(life(run), event, time).ifPresent(life -> lives.put(run, life)));
        if (event instanceof DatasetPublished published) {
            datasets.put(versionKey(published.getDataset(), published.getVersion()), published);
        } else if (event instanceof OrderPlaced placed) {
            orders.put(placed.getOrder(), placed);
        } else if (event instanceof SourceRead read) {
            sources.put(read.getOrder(), new OrderView.Read(read, time));
        } else if (event instanceof VersionDecided decided) {
            decisions.putIfAbsent(
                    "%s/%s/%s/%s"
                            .formatted(
                                    decided.getOrder(),
                                    decided.getVersion(),
                                    decided.getAction(),
                                    decided.getReasons()),
                    new OrderView.Told(decided, time));
        } else if (event instanceof AlphaCheckpointed checkpointed) {
            checkpoints
                    .computeIfAbsent(checkpointed.getSearch(), search -> new TreeMap<>())
                    .merge(
                            checkpointed.getEpoch(),
                            checkpointed,
                            (old, now) -> now.getAttempt() > old.getAttempt() ? now : old);
        } else if (event instanceof GenotypeDerived derived) {
            genotypes
                    .computeIfAbsent(derived.getSearch(), search -> new TreeMap<>())
                    .merge(derived.getEpoch(), derived, (old, now) -> replaces(old, now) ? now : old);
        } else if (event instanceof SearchSteered word) {
            var words = steered.computeIfAbsent(word.getSearch(), search -> new ArrayList<>());
            if (!words.contains(word)) {
                words.add(word);
            }
        } else if (event instanceof SearchRelaunched relaunched) {
            relaunches.putIfAbsent(relaunched.getSearch(), relaunched);
        } else if (isOfUnknownMeasure(event)) {
            // Told by a later version; there is nothing in it that this one could show.
            return;
        } else if (event instanceof GenotypeRetrained retrained) {
            retrainings.merge(
                    retrained.getJob(), retrained, (old, now) -> now.getAttempt() > old.getAttempt() ? now : old);
        } else if (event instanceof CellSelected selected) {
            selections.put(selected.getRun(), selected);
        } else if (event instanceof RetrainingReused word) {
            reused.computeIfAbsent(word.getRun(), run -> new LinkedHashMap<>()).put(word.getJob(), word);
        } else if (event instanceof RetrainingStopped word) {
            stopped.computeIfAbsent(word.getRun(), run -> new LinkedHashMap<>()).putIfAbsent(word.getJob(), word);
        } else if (event instanceof BaselineSelected selected) {
            baselines.put(selected.getRun(), selected);
        } else if (event instanceof EvidenceWanted wanted) {
            evidence.merge(wanted.getRun(), wanted, (old, now) -> now.getNumber() > old.getNumber() ? now : old);
        } else if (event instanceof GenotypeEvaluated evaluated) {
            evaluations.merge(
                    evaluated.getRun() + "/" + evaluated.getStage() + "/" + evaluated.getOrigin(),
                    evaluated,
                    (old, now) -> replaces(old, now) ? now : old);
        } else if (event instanceof GenotypeTransferred transferred) {
            transfers.merge(
                    transferred.getJob(), transferred, (old, now) -> now.getAttempt() > old.getAttempt() ? now : old);
        } else if (event instanceof ChampionDecided decided) {
            verdicts.put(decided.getRun(), decided);
        } else if (event instanceof JobProgressed progressed) {
            progress.merge(
                    progressed.getJob(),
                    LiveJob.first(progressed, time),
                    (old, now) -> old.then(now.word(), now.heardAt()));
        } else if (event instanceof JobFailed failed) {
            failures.putIfAbsent(failed.getJob() + "/" + failed.getAttempt() + "/" + failed.getRetryable(), failed);
        }
    }

    /** A search's result stands above whatever was told of that epoch before. */
    private static boolean replaces(GenotypeDerived old, GenotypeDerived now) {
        if (old.getFinalEpoch() != now.getFinalEpoch()) {
            return now.getFinalEpoch();
        }
        return now.getAttempt() > old.getAttempt()
                || now.getAttempt() == old.getAttempt() && now.getSteered() && !old.getSteered();
    }

    /** Seeds may have been added to those of one and the same cell. */
    private static boolean replaces(GenotypeEvaluated old, GenotypeEvaluated now) {
        return !now.getHash().equals(old.getHash())
                || now.getSeeds().size() >= old.getSeeds().size();
    }

    private static boolean isOfUnknownMeasure(SpecificRecord event) {
        if (event instanceof CellSelected selected) {
            return isOfUnknownMeasure(selected.getCandidates());
        }
        if (event instanceof BaselineSelected selected) {
            return isOfUnknownMeasure(selected.getCandidates());
        }
        return (event instanceof RetrainingStopped stopped && stopped.getMeasure() == Measure.UNKNOWN)
                || (event instanceof GenotypeRetrained retrained
                        && (isUnknown(retrained.getMeasure(), retrained.getScores())
                                || isUnknown(retrained.getMeasure(), retrained.getValidation())))
                || (event instanceof GenotypeEvaluated evaluated
                        && (isUnknown(evaluated.getMeasure(), evaluated.getScores())
                                || isUnknown(evaluated.getMeasure(), evaluated.getValidation())));
    }

    private static boolean isOfUnknownMeasure(List<Candidate> candidates) {
        return candidates.stream().anyMatch(candidate -> isUnknown(candidate.getMeasure(), candidate.getScores()));
    }

    Collection<RunLife> lives() {
        return lives.values();
    }

    Optional<RunLife> life(String run) {
        return Optional.ofNullable(lives.get(run));
    }

    Collection<OrderPlaced> orders() {
        return orders.values();
    }

    /** What was read last of what an order watches. */
    Optional<OrderView.Read> source(String order) {
        return Optional.ofNullable(sources.get(order));
    }

    /** What an order has decided, in the order in which it was told. */
    List<OrderView.Told> decisions(String order) {
        return decisions.values().stream()
                .filter(told -> told.decided().getOrder().equals(order))
                .toList();
    }

    Collection<DatasetPublished> datasets() {
        return datasets.values();
    }

    Optional<DatasetPublished> dataset(String name, String version) {
        return Optional.ofNullable(datasets.get(versionKey(name, version)));
    }

    /** The version published last. */
    Optional<DatasetPublished> newest(String name) {
        return datasets.values().stream()
                .filter(published -> published.getDataset().equals(name))
                .reduce((earlier, later) -> later);
    }

    List<AlphaCheckpointed> checkpoints(String search) {
        return List.copyOf(checkpoints.getOrDefault(search, new TreeMap<>()).values());
    }

    List<GenotypeDerived> genotypes(String search) {
        return List.copyOf(genotypes.getOrDefault(search, new TreeMap<>()).values());
    }

    /** What a search was told, in order. */
    List<SearchSteered> steered(String search) {
        return List.copyOf(steered.getOrDefault(search, List.of()));
    }

    Optional<SearchRelaunched> relaunch(String search) {
        return Optional.ofNullable(relaunches.get(search));
    }

    Collection<GenotypeRetrained> retrainings() {
        return retrainings.values();
    }

    Optional<CellSelected> selection(String run) {
        return Optional.ofNullable(selections.get(run));
    }

    /** The retrainings that a run was spared, in the order in which that was told. */
    List<RetrainingReused> reused(String run) {
        return List.copyOf(reused.getOrDefault(run, Map.of()).values());
    }

    /** The retrainings that a run has given up, in the order in which that was told. */
    List<RetrainingStopped> stopped(String run) {
        return List.copyOf(stopped.getOrDefault(run, Map.of()).values());
    }

    /** The choice among the random cells of a run that has drawn several. */
    Optional<BaselineSelected> baseline(String run) {
        return Optional.ofNullable(baselines.get(run));
    }

    /** What a verdict on a run wants, or has wanted, beside what the run evaluates anyway. */
    Optional<EvidenceWanted> evidence(String run) {
        return Optional.ofNullable(evidence.get(run));
    }

    List<GenotypeEvaluated> evaluations(String run) {
        return evaluations.values().stream()
                .filter(evaluated -> evaluated.getRun().equals(run))
                .toList();
    }

    Collection<GenotypeTransferred> transfers() {
        return transfers.values();
    }

    Optional<ChampionDecided> verdict(String run) {
        return Optional.ofNullable(verdicts.get(run));
    }

    /** The verdict that names the dataset's champion of today. */
    Optional<ChampionDecided> newestVerdict(String dataset) {
        return verdicts.values().stream()
                .filter(decided -> decided.getDataset().equals(dataset))
                .reduce((earlier, later) -> later);
    }

    Collection<LiveJob> progress() {
        return progress.values();
    }

    List<JobFailed> failures() {
        return new ArrayList<>(failures.values());
    }

    private static String versionKey(String dataset, String version) {
        return dataset + "@" + version;
    }

    private static boolean isUnknown(Measure measure, @Nullable Scores scores) {
        return measure == Measure.UNKNOWN || scores != null && scores.getMeasure() == Measure.UNKNOWN;
    }
}
