package io.dartboard.nas.text.data;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.text.data.SequenceLengths.Span;
import java.util.List;

/** The steps of all epochs of a run over a text. Epochs differ in their number of steps, because lengths are drawn. */
public final class TextEpochs {
    private final SequenceLengths lengths;
    private final int rows;
    private final RandomStreams streams;
    private final long[] before; // steps of all epochs before one, and of all at the end

    /** @param rows of the text, as {@link TextColumns} cuts it */
    public TextEpochs(SequenceLengths lengths, int rows, RandomStreams streams, int epochs) {
        this.lengths = lengths;
        this.rows = rows;
        this.streams = streams;
        this.before = new long[epochs + 1];
        for (int epoch = 0; epoch < epochs; epoch++) {
            before[epoch + 1] = before[epoch] + spans(epoch).size();
        }
    }

    /** The steps of an epoch. */
    public List<Span> spans(int epoch) {
        return lengths.epoch(rows, streams, epoch);
    }

    /** Steps of all epochs before one. */
    public long stepsBefore(int epoch) {
        return before[epoch];
    }

    /** Steps of all epochs. */
    public long steps() {
        return before[before.length - 1];
    }
}
