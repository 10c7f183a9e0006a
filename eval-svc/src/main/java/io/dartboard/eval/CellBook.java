package io.dartboard.eval;

import io.dartboard.events.BaselineSelected;
import io.dartboard.events.CellSelected;
import io.dartboard.events.EvidenceWanted;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.RunRequested;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Table;
import java.util.Optional;

/** Which cells searches have found, which were chosen, and of which a verdict wants more. */
final class CellBook {
    private static final Table<GenotypeDerived> FINAL_GENOTYPES = Table.of(GenotypeDerived.class);
    private static final Table<GenotypeDerived> NEWEST_GENOTYPES = new Table<>("NewestDerived", GenotypeDerived.class);
    private static final Table<GenotypeDerived> TAKEN_EARLY = new Table<>("TakenEarly", GenotypeDerived.class);
    private static final Table<CellSelected> SELECTED = Table.of(CellSelected.class);
    private static final Table<BaselineSelected> BASELINES = Table.of(BaselineSelected.class);
    private static final Table<EvidenceWanted> WANTED = Table.of(EvidenceWanted.class);

    private final Ledger ledger;

    CellBook(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A search has its cell; false if a newer attempt had told of it, or this one. */
    boolean found(GenotypeDerived derived) {
        var known = ledger.get(FINAL_GENOTYPES, derived.getSearch());
        if (known.isPresent() && known.get().getAttempt() >= derived.getAttempt()) {
            return false;
        }
        ledger.put(FINAL_GENOTYPES, derived.getSearch(), derived);
        return true;
    }

    /** The cell of an epoch that is not the last. */
    void onTheWay(GenotypeDerived derived) {
        var known = ledger.get(NEWEST_GENOTYPES, derived.getSearch());
        // The epoch that a search has been told to go back to stands above the later ones.
        if (known.isEmpty()
                || derived.getSteered()
                || !known.get().getSteered() && known.get().getEpoch() <= derived.getEpoch()) {
            ledger.put(NEWEST_GENOTYPES, derived.getSearch(), derived);
        }
    }

    /**
     * The cell that a search has found. What a run that did not wait for it has once taken it keeps, though the search may go on for
     * another run.
     *
     * @param waits whether the run waits for it; else that of the search's newest epoch will do
     */
    Optional<GenotypeDerived> cell(RunRequested request, String search, boolean waits) {
        var key = "%s/%s/%d".formatted(request.getRun(), search, request.getRequestEpoch());
        return ledger.get(TAKEN_EARLY, key)
                .or(() -> ledger.get(FINAL_GENOTYPES, search))
                .or(() -> waits ? Optional.empty() : early(search, key));
    }

    private Optional<GenotypeDerived> early(String search, String key) {
        var newest = ledger.get(NEWEST_GENOTYPES, search);
        newest.ifPresent(derived -> ledger.put(TAKEN_EARLY, key, derived));
        return newest;
    }

    /** The cell that a run has chosen. */
    Optional<CellSelected> selected(String run) {
        return ledger.get(SELECTED, run);
    }

    /** A run has chosen. */
    void select(CellSelected choice) {
        ledger.put(SELECTED, choice.getRun(), choice);
    }

    /** The one of several random cells with which a run compares its own. */
    Optional<BaselineSelected> baseline(String run) {
        return ledger.get(BASELINES, run);
    }

    /** A run has chosen it. */
    void select(BaselineSelected choice) {
        ledger.put(BASELINES, choice.getRun(), choice);
    }

    /** A verdict wants cells retrained; false of a repeated word, and of one that a newer has replaced. */
    boolean want(EvidenceWanted wanted) {
        var known = wanted(wanted.getRun());
        if (known.isPresent() && known.get().getNumber() >= wanted.getNumber()) {
            return false;
        }
        ledger.put(WANTED, wanted.getRun(), wanted);
        return true;
    }

    /** What the newest verdict of a run wants. */
    Optional<EvidenceWanted> wanted(String run) {
        return ledger.get(WANTED, run);
    }
}
