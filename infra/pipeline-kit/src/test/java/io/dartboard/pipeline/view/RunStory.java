package io.dartboard.pipeline.view;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.ArtifactRef;
import io.dartboard.events.BaselineSelected;
import io.dartboard.events.Candidate;
import io.dartboard.events.CellSelected;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.CurvePoint;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvidenceWanted;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.JobFailed;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.events.Standing;
import io.dartboard.events.Verdict;
import io.dartboard.events.WantedCell;
import io.dartboard.pipeline.identity.JobId;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** The events of one small run on images or on a text: some searches, two evaluation seeds, a transfer. */
public enum RunStory {
    IMAGES(new ImageSubject()),
    TEXT(new TextSubject());

    private static final long MULTIPLY_ADDS = 21_300_000;

    private final RunSubject subject;
    private final int searchEpochs;
    private final String transferDataset;

    RunStory(RunSubject subject) {
        this.subject = subject;
        this.searchEpochs = subject.searchSettings().getEpochs();
        this.transferDataset = subject.transferSettings().getDataset();
    }

    /** The authors' second-order cell. */
    public String cell() {
        return subject.cell();
    }

    /** The cell with another gene changed. */
    public String randomCell() {
        return subject.randomCell();
    }

    /** Every event of a run that ended well, in an order in which they may be told. */
    public List<SpecificRecord> wholeRun(String run) {
        var events = new ArrayList<SpecificRecord>();
        events.add(dataset());
        events.add(dataset(transferDataset, "v1"));
        events.add(request(run));
        for (var seed : subject.searchSeeds()) {
            for (int epoch = 1; epoch <= searchEpochs; epoch++) {
                events.add(checkpoint(run, seed, epoch, 1));
                events.add(derived(run, seed, epoch, subject.found(seed)));
            }
            events.add(progressed(search(seed), run, "search", 1, 0.99));
        }
        for (var seed : subject.searchSeeds()) {
            events.add(retrained(run, Stage.SELECTION, Origin.SEARCHED, subject.found(seed), seed));
        }
        events.add(selected(run));
        events.addAll(judged(run, Origin.SEARCHED));
        return events;
    }

    /** Every event of a run that was given its genotype and ended well. */
    public List<SpecificRecord> givenRun(String run) {
        var events = new ArrayList<SpecificRecord>();
        events.add(dataset());
        events.add(dataset(transferDataset, "v1"));
        events.add(given(run));
        events.addAll(judged(run, Origin.NAMED));
        return events;
    }

    /** From the retraining of the cell, and the random one beside it, to the end. */
    private List<SpecificRecord> judged(String run, Origin origin) {
        var events = new ArrayList<SpecificRecord>();
        for (var seed : List.of(0L, 1L)) {
            events.add(retrained(run, Stage.FULL, origin, cell(), seed));
            events.add(retrained(run, Stage.FULL, Origin.RANDOM, randomCell(), seed));
        }
        events.add(evaluated(run, origin, cell()));
        events.add(evaluated(run, Origin.RANDOM, randomCell()));
        events.add(transferred(run));
        events.add(progressed(transfer(), run, "transfer", 1, 0.9));
        events.add(decided(run, Verdict.PROMOTED));
        events.add(new RunFinished(run, RunOutcome.SUCCEEDED, "", 0));
        return events;
    }

    public RunRequested given(String run) {
        return RunRequested.newBuilder(request(run))
                .setSearchSeeds(List.of())
                .setGenotype(cell())
                .setGenotypeName("DARTS_V2")
                .build();
    }

    /** As {@link #givenRun}, of a run that was given a second cell, which is over a ceiling. */
    public List<SpecificRecord> severalGivenRun(String run) {
        var events = new ArrayList<SpecificRecord>();
        events.add(dataset());
        events.add(RunRequested.newBuilder(given(run))
                .setGenotype("")
                .setGenotypeName("")
                .setGenotypes(List.of(cell(), randomCell()))
                .setGenotypeNames(List.of("DARTS_V2", ""))
                .build());
        events.add(retrained(run, Stage.SELECTION, Origin.NAMED, cell(), 0));
        events.add(CellSelected.newBuilder(selected(run))
                .setCandidates(List.of(Candidate.newBuilder(candidate(0))
                        .setSearch("")
                        .setGenotype(cell())
                        .setHash(hash(cell()))
                        .setName("DARTS_V2")
                        .build()))
                .setSearch("")
                .build());
        events.addAll(judged(run, Origin.NAMED));
        return events;
    }

    /** A run gives a brief retraining up. */
    public RetrainingStopped stopped(String run, String job) {
        return RetrainingStopped.newBuilder()
                .setRun(run)
                .setJob(job)
                .setGenotype(randomCell())
                .setHash(hash(randomCell()))
                .setEpoch(3)
                .setEpochs(10)
                .setMeasure(Measure.ERROR_PERCENT)
                .setScore(58.8)
                .setAtBest(52.9)
                .setToBeat(45)
                .setLeader("e0")
                .setLeaderIsDone(true)
                .setCurves(12)
                .setLevel(0.01)
                .setDeviceSecondsSaved(120)
                .build();
    }

    /** The dataset of the run. */
    public DatasetPublished dataset() {
        return dataset(subject.dataset(), "v1");
    }

    public DatasetPublished dataset(String name, String version) {
        return subject.published(DatasetPublished.newBuilder()
                        .setDataset(name)
                        .setVersion(version)
                        .setDigest("digest of " + name + version)
                        .setArchive(artifact("datasets/" + name + "/" + version + "/archive")))
                .build();
    }

    public RunRequested request(String run) {
        return RunRequested.newBuilder()
                .setRun(run)
                .setDataset(subject.dataset())
                .setDatasetVersion("v1")
                .setSearch(subject.searchSettings())
                .setSearchSeeds(subject.searchSeeds())
                .setSelection(subject.retrain(2))
                .setEvaluation(subject.retrain(4))
                .setEvaluationSeeds(List.of(0L, 1L))
                .setRandomCellSeed(7)
                .setTransfer(subject.transferSettings())
                .build();
    }

    public String search(long seed) {
        return JobId.search(dataset(), subject.searchSettings(), seed);
    }

    private String evaluation(Stage stage, String genotype, long seed) {
        return JobId.evaluation(dataset(), stage, genotype, subject.retrain(stage == Stage.SELECTION ? 2 : 4), seed);
    }

    private String transfer() {
        return JobId.transfer(dataset(transferDataset, "v1"), cell(), subject.transferSettings());
    }

    public AlphaCheckpointed checkpoint(String run, long seed, int epoch, int attempt) {
        return subject.seen(AlphaCheckpointed.newBuilder()
                        .setSearch(search(seed))
                        .setRun(run)
                        .setSpace(subject.searchSettings().getSpace())
                        .setSeed(seed)
                        .setEpoch(epoch)
                        .setEpochs(searchEpochs)
                        .setStep(epoch * 10L)
                        .setAttempt(attempt)
                        .setAlphas(List.of())
                        .setCheckpoint(artifact("searches/" + search(seed) + "/checkpoints/" + epoch + "-" + epoch * 10
                                + "/attempt-1/manifest.json"))
                        .setFinalEpoch(epoch == searchEpochs)
                        .setDeviceSeconds(epoch * 5.0)
                        .setDevice("cpu")
                        .setMeasure(subject.measure()))
                .build();
    }

    public GenotypeDerived derived(String run, long seed, int epoch, String genotype) {
        return subject.derived(GenotypeDerived.newBuilder()
                        .setSearch(search(seed))
                        .setRun(run)
                        .setSpace(subject.searchSettings().getSpace())
                        .setSeed(seed)
                        .setEpoch(epoch)
                        .setEpochs(searchEpochs)
                        .setAttempt(1)
                        .setGenotype(genotype)
                        .setHash(hash(genotype))
                        .setFinalEpoch(epoch == searchEpochs)
                        .setMeasure(subject.measure()))
                .build();
    }

    public GenotypeRetrained retrained(String run, Stage stage, Origin origin, String genotype, long seed) {
        var score = subject.score(stage, origin) + seed;
        return GenotypeRetrained.newBuilder()
                .setJob(evaluation(stage, genotype, seed))
                .setRun(run)
                .setStage(stage)
                .setOrigin(origin)
                .setGenotype(genotype)
                .setHash(hash(genotype))
                .setSeed(seed)
                .setAttempt(1)
                .setMeasure(subject.measure())
                .setErrorPercent(error(score))
                .setPerplexity(perplexity(score))
                .setValidPerplexity(perplexity(score + 1))
                .setCurve(text() ? List.of(new CurvePoint(1, Math.log(100), 0.0, Math.log(95), 0.0)) : List.of())
                .setParameters(123_456)
                .setMultiplyAdds(MULTIPLY_ADDS)
                .setWeights(artifact("evaluations/" + evaluation(stage, genotype, seed) + "/weights.safetensors"))
                .setDeviceSeconds(4.0)
                .setDevice("cpu")
                .build();
    }

    public CellSelected selected(String run) {
        return CellSelected.newBuilder()
                .setRun(run)
                .setCandidates(
                        subject.searchSeeds().stream().map(this::candidate).toList())
                .setSearch(search(0))
                .setGenotype(cell())
                .setHash(hash(cell()))
                .setReason("lowest validation " + (text() ? "perplexity" : "error"))
                .build();
    }

    private Candidate candidate(long seed) {
        var score = subject.score(Stage.SELECTION, Origin.SEARCHED) + seed;
        return new Candidate(
                search(seed),
                seed,
                subject.found(seed),
                hash(subject.found(seed)),
                error(score),
                123_456L,
                MULTIPLY_ADDS,
                subject.measure(),
                perplexity(score),
                null,
                "");
    }

    public GenotypeEvaluated evaluated(String run, Origin origin, String genotype) {
        var score = subject.score(Stage.FULL, origin);
        var scores = List.of(score, score + 1);
        return GenotypeEvaluated.newBuilder()
                .setRun(run)
                .setStage(Stage.FULL)
                .setOrigin(origin)
                .setGenotype(genotype)
                .setHash(hash(genotype))
                .setSeeds(List.of(0L, 1L))
                .setMeasure(subject.measure())
                .setErrorsPercent(text() ? List.of() : scores)
                .setMeanErrorPercent(error(score + 0.5))
                .setSdErrorPercent(error(0.7))
                .setPerplexities(text() ? scores : List.of())
                .setMeanPerplexity(perplexity(score + 0.5))
                .setSdPerplexity(perplexity(0.71))
                .setParameters(123_456)
                .setMultiplyAdds(MULTIPLY_ADDS)
                .setDeviceSeconds(8.0)
                .build();
    }

    /** Of two random cells one is chosen. */
    public BaselineSelected baseline(String run, String other) {
        var best = Candidate.newBuilder(candidate(0))
                .setSearch("")
                .setGenotype(randomCell())
                .setHash(hash(randomCell()))
                .build();
        var next = Candidate.newBuilder(best)
                .setSeed(1)
                .setGenotype(other)
                .setHash(hash(other))
                .build();
        return new BaselineSelected(
                run, List.of(best, next), randomCell(), hash(randomCell()), "lowest validation error", List.of());
    }

    /** A verdict wants a cell evaluated as the run's own were, to compare with. */
    public EvidenceWanted wanted(String run, String champion) {
        var cell = new WantedCell(Origin.CHAMPION, "", champion, hash(champion), List.of(0L, 1L));
        return new EvidenceWanted(
                run, 1, List.of(cell), List.of("the champion of run r0 is evaluated like the run's own cell"));
    }

    private GenotypeTransferred transferred(String run) {
        return GenotypeTransferred.newBuilder()
                .setJob(transfer())
                .setRun(run)
                .setDataset(transferDataset)
                .setDatasetVersion("v1")
                .setGenotype(cell())
                .setHash(hash(cell()))
                .setSeed(0)
                .setAttempt(1)
                .setMeasure(subject.measure())
                .setTop1ErrorPercent(error(40.0))
                .setTop5ErrorPercent(error(10.0))
                .setPerplexity(perplexity(88.8))
                .setValidPerplexity(perplexity(87.7))
                .setCurve(List.of())
                .setParameters(1500)
                .setMultiplyAdds(3000)
                .setWeights(artifact("transfers/" + transfer() + "/weights.safetensors"))
                .setDeviceSeconds(6.0)
                .setDevice("cpu")
                .build();
    }

    private ChampionDecided decided(String run, Verdict verdict) {
        var mean = subject.score(Stage.FULL, Origin.SEARCHED) + 0.5;
        var standing = new Standing(
                run,
                cell(),
                hash(cell()),
                error(mean),
                error(0.7),
                2,
                subject.measure(),
                perplexity(mean),
                perplexity(0.71),
                null,
                null,
                null);
        return ChampionDecided.newBuilder()
                .setDataset(subject.dataset())
                .setDatasetVersion("v1")
                .setRun(run)
                .setVerdict(verdict)
                .setReasons(List.of("better than the random cell"))
                .setChallenger(standing)
                .setRandomCell(standing)
                .setChampion(standing)
                .build();
    }

    public JobProgressed progressed(String job, String run, String stage, int attempt, double fraction) {
        return JobProgressed.newBuilder()
                .setJob(job)
                .setRun(run)
                .setStage(stage)
                .setAttempt(attempt)
                .setFraction(fraction)
                .setEtaSeconds(12)
                .setImagesPerSecond(text() ? 0 : 100)
                .setTokensPerSecond(text() ? 4321 : 0)
                .setDevice("cpu")
                .build();
    }

    public static JobFailed failed(String job, String run, int attempt, boolean retryable) {
        return JobFailed.newBuilder()
                .setJob(job)
                .setRun(run)
                .setStage("search")
                .setAttempt(attempt)
                .setCause("out of memory")
                .setRetryable(retryable)
                .build();
    }

    private boolean text() {
        return subject.measure() == Measure.PERPLEXITY;
    }

    /** A number of images: 0 of a text. */
    private double error(double percent) {
        return text() ? 0 : percent;
    }

    /** A number of a text: 0 of images. */
    private double perplexity(double value) {
        return text() ? value : 0;
    }

    private static String hash(String genotype) {
        return "%08x".formatted(genotype.hashCode());
    }

    private static ArtifactRef artifact(String key) {
        return new ArtifactRef("s3://nas/" + key, "00ff", 1_234_567L);
    }
}
