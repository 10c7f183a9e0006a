package io.dartboard.transfer;

import io.dartboard.events.ChampionDecided;
import io.dartboard.events.Verdict;
import io.dartboard.schemas.Topics;
import io.dartboard.schemas.UnreadableEvent;
import java.util.Optional;

/** Which verdicts promote a cell. */
public final class PromotionEvents {
    private PromotionEvents() {}

    /**
     * The promotion that a record tells; empty where nothing was promoted. A verdict stands on its topic under its dataset and
     * under its run; the first counts.
     *
     * @throws IllegalArgumentException if the record is no verdict
     */
    public static Optional<ChampionDecided> of(String key, byte[] record) {
        var decided = decoded(record);
        return decided.getVerdict() == Verdict.PROMOTED && key.equals(decided.getDataset())
                ? Optional.of(decided)
                : Optional.empty();
    }

    private static ChampionDecided decoded(byte[] record) {
        try {
            return Topics.CHAMPIONS.decode(record);
        } catch (UnreadableEvent e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
