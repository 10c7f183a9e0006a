package io.dartboard.training;

import io.dartboard.events.CurvePoint;
import io.dartboard.nas.image.train.EpochReport;
import io.dartboard.nas.text.train.RecurrentEpochReport;
import java.util.List;

/** What the epochs of a training have shown, as events tell it; there, epochs count from 1. */
public final class Curves {
    private Curves() {}

    /** Of a training on images. */
    public static List<CurvePoint> ofImages(List<EpochReport> epochs) {
        return epochs.stream()
                .map(epoch -> new CurvePoint(
                        epoch.epoch() + 1,
                        epoch.trainLoss(),
                        epoch.trainAccuracy(),
                        epoch.heldOutLoss(),
                        epoch.heldOutAccuracy()))
                .toList();
    }

    /** Of a training on a text, which has no accuracies. */
    public static List<CurvePoint> ofText(List<RecurrentEpochReport> epochs) {
        return epochs.stream()
                .map(epoch -> new CurvePoint(epoch.epoch() + 1, epoch.trainLoss(), 0.0, epoch.validLoss(), 0.0))
                .toList();
    }
}
