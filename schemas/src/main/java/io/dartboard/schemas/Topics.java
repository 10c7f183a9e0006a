package io.dartboard.schemas;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.BaselineSelected;
import io.dartboard.events.CellSelected;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.ChampionSince;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.DeadLettered;
import io.dartboard.events.EpochSigns;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.EvidenceWanted;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.JobCost;
import io.dartboard.events.JobFailed;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.JobSpent;
import io.dartboard.events.JobWatch;
import io.dartboard.events.NoCellSelected;
import io.dartboard.events.OrderPlaced;
import io.dartboard.events.RacePool;
import io.dartboard.events.RetrainingReused;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunBlocked;
import io.dartboard.events.RunBudgetChanged;
import io.dartboard.events.RunBudgetSpent;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunCost;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.RunStanding;
import io.dartboard.events.SchemaTold;
import io.dartboard.events.SearchJob;
import io.dartboard.events.SearchRelaunched;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.SourceRead;
import io.dartboard.events.StageFinishRequested;
import io.dartboard.events.TransferJob;
import io.dartboard.events.VersionDecided;
import io.dartboard.events.VersionSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * Every topic of the pipeline, in data-flow order.
 *
 * <p>{@code nas.runs} is not compacted although its key is the run: several records share a key there, and compaction
 * would drop the request once the run is cancelled or finished.
 */
public final class Topics {
    private static final Duration FOREVER = Duration.ofMillis(-1);
    private static final Duration DAYS = Duration.ofDays(14);

    /** What there is to search on: every version of every dataset. */
    public static final Topic<DatasetPublished> DATASETS =
            new Topic<>("nas.datasets", "dataset@version", List.of(DatasetPublished.class), Cleanup.COMPACT, FOREVER);

    /** Standing orders: what shall be done whenever a dataset has a new version. */
    public static final Topic<OrderPlaced> ORDERS =
            new Topic<>("nas.orders", "order", List.of(OrderPlaced.class), Cleanup.COMPACT, FOREVER);

    /** What was read below the prefixes that orders watch; the newest of each is what need not be read again. */
    public static final Topic<SourceRead> SOURCES =
            new Topic<>("nas.sources", "order", List.of(SourceRead.class), Cleanup.COMPACT, FOREVER);

    /** What was decided about new versions, with its numbers. */
    public static final Topic<VersionDecided> DECISIONS =
            new Topic<>("nas.decisions", "dataset@version", List.of(VersionDecided.class), Cleanup.DELETE, FOREVER);

    /** The life of a run, from request to end. */
    public static final Topic<SpecificRecord> RUNS = new Topic<>(
            "nas.runs",
            "run",
            List.of(
                    RunRequested.class,
                    RunPaused.class,
                    RunResumed.class,
                    RunCancelled.class,
                    StageFinishRequested.class,
                    RunBudgetChanged.class,
                    RunBudgetSpent.class,
                    RunBlocked.class,
                    RunFinished.class),
            Cleanup.DELETE,
            FOREVER);

    /** Searches to do. */
    public static final Topic<SearchJob> SEARCH_JOBS =
            new Topic<>("nas.search.jobs", "job", List.of(SearchJob.class), Cleanup.DELETE, DAYS);

    /** Retrainings to do. */
    public static final Topic<EvaluationJob> EVAL_JOBS =
            new Topic<>("nas.eval.jobs", "job", List.of(EvaluationJob.class), Cleanup.DELETE, DAYS);

    /** Transfers to do. */
    public static final Topic<TransferJob> TRANSFER_JOBS =
            new Topic<>("nas.transfer.jobs", "job", List.of(TransferJob.class), Cleanup.DELETE, DAYS);

    /** One record for each epoch of each search. */
    public static final Topic<AlphaCheckpointed> ALPHAS =
            new Topic<>("nas.alphas", "search", List.of(AlphaCheckpointed.class), Cleanup.DELETE, FOREVER);

    /** One genotype for each alpha checkpoint. */
    public static final Topic<GenotypeDerived> GENOTYPES =
            new Topic<>("nas.genotypes", "search", List.of(GenotypeDerived.class), Cleanup.DELETE, FOREVER);

    /** How a search shall go on, and which retrainings a run gives up. */
    public static final Topic<SpecificRecord> STEERING = new Topic<>(
            "nas.steering",
            "search, or job",
            List.of(SearchSteered.class, SearchRelaunched.class, RetrainingStopped.class),
            Cleanup.DELETE,
            FOREVER);

    /** Retrainings done, the choice among the searches' cells, what the full retraining gave, and what more a verdict wants. */
    public static final Topic<SpecificRecord> EVALUATIONS = new Topic<>(
            "nas.evaluations",
            "run",
            List.of(
                    GenotypeRetrained.class,
                    CellSelected.class,
                    NoCellSelected.class,
                    BaselineSelected.class,
                    GenotypeEvaluated.class,
                    RetrainingReused.class,
                    EvidenceWanted.class),
            Cleanup.DELETE,
            FOREVER);

    /** Transfers done. */
    public static final Topic<GenotypeTransferred> TRANSFERS =
            new Topic<>("nas.transfers", "run", List.of(GenotypeTransferred.class), Cleanup.DELETE, FOREVER);

    /**
     * The verdict on each run, told twice: under its run, so that none is ever compacted away, and under its dataset, where
     * the newest names the champion.
     */
    public static final Topic<ChampionDecided> CHAMPIONS =
            new Topic<>("nas.champions", "dataset, and run", List.of(ChampionDecided.class), Cleanup.COMPACT, FOREVER);

    /** How far a running job is. */
    public static final Topic<JobProgressed> PROGRESS =
            new Topic<>("nas.progress", "job", List.of(JobProgressed.class), Cleanup.COMPACT, FOREVER);

    /** Attempts that failed, and jobs given up. */
    public static final Topic<JobFailed> FAILURES =
            new Topic<>("nas.failures", "job", List.of(JobFailed.class), Cleanup.DELETE, FOREVER);

    /** Records that a service refused, byte for byte, with the reason. */
    public static final Topic<DeadLettered> DEAD_LETTERS = new Topic<>(
            "nas.deadletters", "topic/partition/offset", List.of(DeadLettered.class), Cleanup.DELETE, FOREVER);

    /** The schemas that services write with, so that an older reader understands a newer writer. */
    public static final Topic<SchemaTold> SCHEMAS =
            new Topic<>("nas.schemas", "fingerprint", List.of(SchemaTold.class), Cleanup.COMPACT, FOREVER);

    /** All of them, in data-flow order. */
    public static final List<Topic<? extends SpecificRecord>> ALL = List.of(
            DATASETS,
            ORDERS,
            SOURCES,
            DECISIONS,
            RUNS,
            SEARCH_JOBS,
            ALPHAS,
            GENOTYPES,
            STEERING,
            EVAL_JOBS,
            EVALUATIONS,
            TRANSFER_JOBS,
            TRANSFERS,
            CHAMPIONS,
            PROGRESS,
            FAILURES,
            DEAD_LETTERS,
            SCHEMAS);

    /** Records that planners keep in their own state and that stand on no topic. */
    public static final List<Class<? extends SpecificRecord>> LEDGER = List.of(
            RunStanding.class,
            JobWatch.class,
            EpochSigns.class,
            VersionSeen.class,
            JobSpent.class,
            ChampionSince.class,
            JobCost.class,
            RunCost.class,
            RacePool.class);

    private Topics() {}

    /** Every kind of record that is written, on topics and in planners' state. */
    public static List<Class<? extends SpecificRecord>> types() {
        return Stream.<Class<? extends SpecificRecord>>concat(
                        ALL.stream().flatMap(topic -> topic.types().stream()), LEDGER.stream())
                .toList();
    }

    /** The topic of this name. */
    public static Optional<Topic<? extends SpecificRecord>> named(String name) {
        return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }
}
