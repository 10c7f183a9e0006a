package io.dartboard.nas.search.recurrent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.data.SequenceLengths;
import io.dartboard.nas.data.SequenceLengths.Span;
import io.dartboard.nas.data.TextColumns;
import io.dartboard.nas.data.TextEpochs;
import io.dartboard.nas.data.TextWindow;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Half;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.MaskSource;
import io.dartboard.nas.ops.recurrent.Masks;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.DeviceTokens;

/**
 * The windows of a search. Each training window comes with the validation window at the same row, counted round and round
 * because the validation text is shorter, as the authors' code has it.
 */
final class RecurrentSearchTexts {
    private final RecurrentSearchSetup setup;
    private final RandomStreams streams;
    private final TextColumns train;
    private final TextColumns valid;
    private final TextColumns judging;
    private final TextEpochs epochs;

    RecurrentSearchTexts(RecurrentSearchSetup setup) {
        RecurrentSearchConfig config = setup.config();
        this.setup = setup;
        this.streams = new RandomStreams(setup.seed());
        this.train = new TextColumns("training text", setup.corpus().train(), config.batchSize());
        this.valid = new TextColumns("validation text", setup.corpus().valid(), config.batchSize());
        this.judging = new TextColumns("validation text", setup.corpus().valid(), TextColumns.JUDGED);
        this.epochs =
                new TextEpochs(new SequenceLengths.WholeOrHalf(config.bptt()), train.rows(), streams, config.epochs());
    }

    TextEpochs epochs() {
        return epochs;
    }

    /** The validation text as it is judged after an epoch. */
    TextColumns judging() {
        return judging;
    }

    TextWindow train(Span span) {
        return train.window(span.row(), span.length());
    }

    TextWindow valid(Span span) {
        return valid.window(span.row() % (valid.rows() - 1), setup.config().bptt());
    }

    /** A window on the device, with dropout masks that depend on their purpose, the epoch and the step. */
    Half half(NDManager scope, TextWindow window, NDArray hidden, String purpose, int epoch, int step) {
        MaskSource masks = (pass, number) -> Masks.draw(
                pass,
                streams.stream(number == 0 ? purpose : purpose + "-" + number, epoch, step),
                setup.config().dropouts(),
                window.inputs(),
                window.columns(),
                setup.corpus().vocabulary(),
                setup.config().width(),
                DataType.FLOAT32);
        return new Half(tokens(scope, window), hidden, masks);
    }

    static DeviceTokens tokens(NDManager scope, TextWindow window) {
        return DeviceTokens.of(scope, window.inputs(), window.targets(), window.length(), window.columns());
    }
}
