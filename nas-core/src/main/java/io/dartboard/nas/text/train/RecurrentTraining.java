package io.dartboard.nas.text.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.provenance.Digests;
import io.dartboard.nas.provenance.Fingerprint;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.text.data.SequenceLengths;
import io.dartboard.nas.text.data.TextColumns;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.nas.text.data.TextEpochs;
import io.dartboard.nas.text.network.RecurrentNetwork;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.Trainee;
import io.dartboard.nas.train.TrainingLoop;
import io.dartboard.nas.train.TrainingSetup;
import java.util.Map;
import java.util.Optional;

/** A training of a recurrent cell's language model on a text. */
public final class RecurrentTraining implements TrainingSetup<RecurrentEpochReport> {
    /** How often it goes back to one state before it gives up. */
    public static final int MOST_ROLLBACKS = 3;

    private static final int TEST_COLUMNS = 1;

    private final RecurrentNetwork network;
    private final RecurrentTrainConfig config;
    private final RandomStreams streams;
    private final Device device;
    private final SnapshotIdentity identity;
    private final TextColumns train;
    private final TextColumns valid;
    private final Optional<TextColumns> test;
    private final TextEpochs epochs;

    private RecurrentTraining(
            RecurrentGenotype genotype,
            RecurrentTrainConfig config,
            TextCorpus corpus,
            boolean tests,
            long seed,
            Device device) {
        this.network = new RecurrentNetwork(genotype, corpus.vocabulary(), config.width());
        this.config = config;
        this.streams = new RandomStreams(seed);
        this.device = device;
        this.identity = identity(genotype, config, corpus, tests, seed);
        this.train = new TextColumns("training text", corpus.train(), config.batchSize());
        this.valid = new TextColumns("validation text", corpus.valid(), TextColumns.JUDGED);
        this.test = tests ? Optional.of(new TextColumns("test text", corpus.test(), TEST_COLUMNS)) : Optional.empty();
        this.epochs = new TextEpochs(new SequenceLengths.Normal(config.bptt()), train.rows(), streams, config.epochs());
    }

    /**
     * Prepares the brief training that chooses among cells; the test text stays untouched.
     *
     * @throws IllegalArgumentException if a text is too short
     */
    public static TrainingLoop<RecurrentEpochReport> selection(
            RecurrentGenotype genotype, RecurrentTrainConfig config, TextCorpus corpus, long seed, Compute compute) {
        return new TrainingLoop<>(new RecurrentTraining(genotype, config, corpus, false, seed, compute.device()));
    }

    /**
     * Prepares the full training: the best model by the validation text is judged by the test text.
     *
     * @throws IllegalArgumentException if a text is too short
     */
    public static TrainingLoop<RecurrentEpochReport> full(
            RecurrentGenotype genotype, RecurrentTrainConfig config, TextCorpus corpus, long seed, Compute compute) {
        return new TrainingLoop<>(new RecurrentTraining(genotype, config, corpus, true, seed, compute.device()));
    }

    private static SnapshotIdentity identity(
            RecurrentGenotype genotype, RecurrentTrainConfig config, TextCorpus corpus, boolean tests, long seed) {
        Fingerprint settings = Fingerprint.EMPTY
                .with("genotype", genotype.toString())
                .with("config", config)
                .with("purpose", tests ? "full" : "selection")
                .with("data", corpus.digest())
                .with("seed", seed);
        String old = Digests.sha256(String.join(
                "\n",
                genotype.toString(),
                Fingerprint.textOfOld(config),
                "text " + corpus.digest(),
                "seed " + seed,
                "tests " + tests));
        return new SnapshotIdentity("training", settings, Map.of(SnapshotIdentity.OLD_FINGERPRINT, old));
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public int epochs() {
        return config.epochs();
    }

    @Override
    public SnapshotIdentity identity() {
        return identity;
    }

    @Override
    public Trainee<RecurrentEpochReport> fresh(NDManager scope) {
        return new RecurrentTrainee(this, scope, RecurrentTrainingState.fresh(scope, network, config, streams));
    }

    @Override
    public Trainee<RecurrentEpochReport> restore(NDManager scope, Snapshot snapshot) {
        return new RecurrentTrainee(this, scope, RecurrentTrainingState.restore(scope, network, config, snapshot));
    }

    RecurrentNetwork network() {
        return network;
    }

    RecurrentTrainConfig config() {
        return config;
    }

    RandomStreams streams() {
        return streams;
    }

    TextColumns train() {
        return train;
    }

    TextColumns valid() {
        return valid;
    }

    /** Empty if the test text stays untouched. */
    Optional<TextColumns> test() {
        return test;
    }

    /** The steps of all epochs. */
    TextEpochs epochsOfText() {
        return epochs;
    }
}
