package io.dartboard.nas.text.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.bilevel.BilevelPoint;
import io.dartboard.nas.bilevel.Fit;
import io.dartboard.nas.bilevel.Objective;
import io.dartboard.nas.bilevel.SearchFeed;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.text.data.SequenceLengths;
import io.dartboard.nas.text.data.SequenceLengths.Span;
import io.dartboard.nas.text.data.TextColumns;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.nas.text.data.TextEpochs;
import io.dartboard.nas.text.data.TextWindow;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.text.ops.Masks;
import io.dartboard.nas.text.search.TextObjective.MaskSource;
import io.dartboard.nas.text.supernet.RelaxedLanguageModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/**
 * The windows of a search on a text. Each training window comes with the validation window at the same row, counted round
 * and round because the validation text is shorter, as the authors' code has it. The hidden states that the windows of
 * both texts have left are carried from step to step, and forgotten where a text begins. A step that moves the weights alone
 * leaves the validation text's as it is.
 */
final class TextFeed implements SearchFeed {
    private static final String HIDDEN_TRAIN = "hidden.train";
    private static final String HIDDEN_VALID = "hidden.valid";

    private final NDManager scope;
    private final RelaxedLanguageModel model;
    private final ChannelConstants constants;
    private final RecurrentSearchConfig config;
    private final RandomStreams streams;
    private final int vocabulary;
    private final TextColumns train;
    private final TextColumns valid;
    private final TextColumns judged;
    private final TextEpochs epochs;
    private NDArray trainHidden; // (B, n)
    private NDArray validHidden; // (B, n)

    TextFeed(
            NDManager scope,
            RelaxedLanguageModel model,
            ChannelConstants constants,
            RecurrentSearchConfig config,
            TextCorpus corpus,
            long seed) {
        this.scope = scope;
        this.model = model;
        this.constants = constants;
        this.config = config;
        this.streams = new RandomStreams(seed);
        this.vocabulary = corpus.vocabulary();
        this.train = new TextColumns("training text", corpus.train(), config.batchSize());
        this.valid = new TextColumns("validation text", corpus.valid(), config.batchSize());
        this.judged = new TextColumns("validation text", corpus.valid(), TextColumns.JUDGED);
        this.epochs =
                new TextEpochs(new SequenceLengths.WholeOrHalf(config.bptt()), train.rows(), streams, config.epochs());
        this.trainHidden = scope.zeros(hiddenShape(), DataType.FLOAT32);
        this.validHidden = scope.zeros(hiddenShape(), DataType.FLOAT32);
    }

    private Shape hiddenShape() {
        return new Shape(config.batchSize(), config.width());
    }

    @Override
    public int steps(int epoch) {
        return Math.toIntExact(epochs.stepsBefore(epoch + 1) - epochs.stepsBefore(epoch));
    }

    @Override
    public long stepsBefore(int epoch) {
        return epochs.stepsBefore(epoch);
    }

    @Override
    public boolean countsRight() {
        return false;
    }

    @Override
    public Steps open(int epoch, int from) {
        if (from == 0) {
            carry(trainHidden.zerosLike(), validHidden.zerosLike());
        }
        List<Span> spans = epochs.spans(epoch);
        return new Steps() {
            private int step = from;

            @Override
            public boolean hasNext() {
                return step < spans.size();
            }

            @Override
            public Step next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("every step has been handed out");
                }
                Step next = new Window(epoch, step, spans.get(step));
                step++;
                return next;
            }

            @Override
            public void close() {
                // Windows are cut from what lies in memory.
            }
        };
    }

    /** The windows of a step. */
    private final class Window implements Step {
        private final int epoch;
        private final int step;
        private final Span span;
        private final TextWindow window;

        Window(int epoch, int step, Span span) {
            this.epoch = epoch;
            this.step = step;
            this.span = span;
            this.window = train.window(span.row(), span.length());
        }

        @Override
        public int count() {
            return window.tokens();
        }

        @Override
        public double rate() {
            return span.rate();
        }

        @Override
        public Training training(NDManager into) {
            DeviceTokens tokens = tokens(into, window);
            return new Training(
                    objective(tokens, trainHidden, masks("alpha-train-masks", window), TextObjective.NO_PENALTIES),
                    objective(tokens, trainHidden, masks("weight-masks", window), config.penalties()));
        }

        @Override
        public Objective validation(NDManager into) {
            TextWindow other = valid.window(span.row() % (valid.rows() - 1), config.bptt());
            return objective(
                    tokens(into, other), validHidden, masks("alpha-valid-masks", other), TextObjective.NO_PENALTIES);
        }

        @Override
        public Optional<NDArray> right(NDList beside) {
            return Optional.empty();
        }

        @Override
        public void done(NDList training, Optional<NDList> validation) {
            carry(training.get(0), validation.map(beside -> beside.get(0)).orElse(validHidden));
        }

        /** Dropout masks that depend on their purpose, the epoch and the step. */
        private MaskSource masks(String purpose, TextWindow of) {
            return (pass, draw) -> Masks.draw(
                    pass,
                    streams.stream(draw == 0 ? purpose : purpose + "-" + draw, epoch, step),
                    config.dropouts(),
                    of.inputs(),
                    of.columns(),
                    vocabulary,
                    config.width(),
                    DataType.FLOAT32);
        }
    }

    /** Mean loss of a word of the validation text, without dropout. */
    @Override
    public Optional<Fit> judge(NDManager parent, BilevelPoint point, int epoch, BooleanSupplier wantsStop) {
        double loss = 0;
        try (NDManager pass = parent.newSubManager()) {
            NDArray hidden = pass.zeros(new Shape(judged.columns(), config.width()));
            for (int row = 0; row < judged.rows() - 1; row += config.bptt()) {
                if (wantsStop.getAsBoolean()) {
                    return Optional.empty();
                }
                TextWindow window = judged.window(row, config.bptt());
                try (NDManager one = pass.newSubManager()) {
                    Objective.Seen seen = point.see(
                            one, objective(tokens(one, window), hidden, MaskSource.none(), TextObjective.NO_PENALTIES));
                    loss += Copy.scalar(seen.told()) * window.length();
                    hidden.close();
                    hidden = Torch.into(pass, seen.beside().get(0));
                }
            }
        }
        return Optional.of(new Fit(loss / (judged.rows() - 1), OptionalDouble.empty()));
    }

    /** A window that no hidden state leads up to, without dropout. */
    @Override
    public Objective signs(NDManager into, int epoch) {
        int row = streams.stream("signs-window", epoch, 0).nextInt(valid.rows() - 1);
        return objective(
                tokens(into, valid.window(row, config.bptt())),
                into.zeros(hiddenShape()),
                MaskSource.none(),
                TextObjective.NO_PENALTIES);
    }

    @Override
    public Map<String, HostTensor> carried() {
        Map<String, HostTensor> carried = new LinkedHashMap<>();
        carried.put(HIDDEN_TRAIN, HostTensor.of(trainHidden));
        carried.put(HIDDEN_VALID, HostTensor.of(validHidden));
        return carried;
    }

    @Override
    public void restore(Snapshot snapshot) {
        carry(hidden(snapshot, HIDDEN_TRAIN), hidden(snapshot, HIDDEN_VALID));
    }

    private NDArray hidden(Snapshot snapshot, String name) {
        return Copy.toDevice(scope, snapshot.tensor(name).floats(), hiddenShape());
    }

    private void carry(NDArray ofTrain, NDArray ofValid) {
        trainHidden = carried(trainHidden, ofTrain);
        validHidden = carried(validHidden, ofValid);
    }

    /** A hidden state in the place of another, or itself. */
    private NDArray carried(NDArray before, NDArray after) {
        if (before == after) {
            return before;
        }
        before.close();
        return Torch.into(scope, after);
    }

    private Objective objective(DeviceTokens tokens, NDArray hidden, MaskSource masks, LanguageLoss penalties) {
        return new TextObjective(model, tokens, hidden, masks, 0, penalties, constants);
    }

    private static DeviceTokens tokens(NDManager into, TextWindow window) {
        return DeviceTokens.of(into, window.inputs(), window.targets(), window.length(), window.columns());
    }
}
