package io.dartboard.local.show;

import io.dartboard.events.RetrainingStopped;
import io.dartboard.pipeline.score.Score;
import java.util.List;

/** What is told of retrainings that were stopped because their cells could no longer be the best. */
final class RacingText {
    private RacingText() {}

    /** One of them, after the name of its cell. */
    static String line(RetrainingStopped stopped) {
        var score = new Score(stopped.getMeasure(), stopped.getScore());
        return "stopped at epoch %d of %d: validation %s %s, would come to %s at best, %s; %s"
                .formatted(
                        stopped.getEpoch(),
                        stopped.getEpochs(),
                        score.name(),
                        score,
                        new Score(stopped.getMeasure(), stopped.getAtBest()),
                        leads(stopped),
                        saved(stopped));
    }

    /** All of them, in a line. */
    static String sum(List<RetrainingStopped> stopped) {
        return "%d %s stopped, for %s could no longer be the best: about %s saved"
                .formatted(
                        stopped.size(),
                        stopped.size() == 1 ? "brief retraining was" : "brief retrainings were",
                        stopped.size() == 1 ? "its cell" : "their cells",
                        Quantity.seconds(stopped.stream()
                                .mapToDouble(RetrainingStopped::getDeviceSecondsSaved)
                                .sum()));
    }

    private static String leads(RetrainingStopped stopped) {
        var leader = new Score(stopped.getMeasure(), stopped.getToBeat());
        return stopped.getLeaderIsDone() ? leader + " leads" : "another comes to %s at worst".formatted(leader);
    }

    private static String saved(RetrainingStopped stopped) {
        return stopped.getDeviceSecondsSaved() > 0
                ? "saved about " + Quantity.seconds(stopped.getDeviceSecondsSaved())
                : "another run goes on with it";
    }
}
