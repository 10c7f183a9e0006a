package io.dartboard.nas.image.supernet;

import io.dartboard.nas.alpha.KeptCandidates;

/**
 * What a supernet of a stage of a search has otherwise than that of a search in one.
 *
 * @param kept which candidates its edges have left; no other is computed
 * @param dropsSkipsOut whether each edge drops out a part of its skip connection in training
 */
public record SupernetStage(KeptCandidates kept, boolean dropsSkipsOut) {
    /** That of a search in one stage: every candidate, as it is. */
    public static final SupernetStage WHOLE = new SupernetStage(KeptCandidates.ALL, false);
}
