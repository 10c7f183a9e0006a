package io.dartboard.nas.image.train;

import io.dartboard.nas.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;

/** A curve as a tensor of doubles, (epochs, 7): the fields of {@link EpochReport} after the epoch, which is the row. */
final class CurveCodec {

    private static final int FIELDS = 7;

    private CurveCodec() {}

    static HostTensor encode(List<EpochReport> curve) {
        double[] values = new double[curve.size() * FIELDS];
        int at = 0;
        for (EpochReport point : curve) {
            values[at++] = point.learningRate();
            values[at++] = point.dropPathProbability();
            values[at++] = point.trainLoss();
            values[at++] = point.trainAccuracy();
            values[at++] = point.heldOutLoss();
            values[at++] = point.heldOutAccuracy();
            values[at++] = point.heldOutTop5();
        }
        return HostTensor.of(values, curve.size(), FIELDS);
    }

    static List<EpochReport> decode(HostTensor tensor) {
        double[] values = tensor.doubles();
        List<EpochReport> curve = new ArrayList<>();
        for (int at = 0; at < values.length; at += FIELDS) {
            curve.add(new EpochReport(
                    at / FIELDS,
                    values[at],
                    values[at + 1],
                    values[at + 2],
                    values[at + 3],
                    values[at + 4],
                    values[at + 5],
                    values[at + 6]));
        }
        return curve;
    }
}
