package io.dartboard.nas.text.train;

import io.dartboard.nas.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;

/** A curve as a tensor of doubles, (epochs, 4): the fields of a report after the epoch, which is the row. */
final class RecurrentCurve {
    private static final int FIELDS = 4;

    private RecurrentCurve() {}

    static HostTensor encode(List<RecurrentEpochReport> curve) {
        double[] values = new double[curve.size() * FIELDS];
        int at = 0;
        for (RecurrentEpochReport point : curve) {
            values[at++] = point.learningRate();
            values[at++] = point.trainLoss();
            values[at++] = point.validLoss();
            values[at++] = point.averaged() ? 1 : 0;
        }
        return HostTensor.of(values, curve.size(), FIELDS);
    }

    static List<RecurrentEpochReport> decode(HostTensor tensor) {
        double[] values = tensor.doubles();
        List<RecurrentEpochReport> curve = new ArrayList<>();
        for (int at = 0; at < values.length; at += FIELDS) {
            curve.add(new RecurrentEpochReport(
                    at / FIELDS, values[at], values[at + 1], values[at + 2], values[at + 3] != 0));
        }
        return curve;
    }
}
