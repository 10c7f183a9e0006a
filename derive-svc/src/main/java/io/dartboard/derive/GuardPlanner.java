package io.dartboard.derive;

import io.dartboard.events.Alarm;
import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.EpochSigns;
import io.dartboard.events.GuardSettings;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.SteeringAction;
import io.dartboard.nas.guard.CollapseDetector;
import io.dartboard.nas.guard.CollapseDetector.Diagnosis;
import io.dartboard.nas.guard.Finding;
import io.dartboard.nas.guard.Finding.Severity;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Table;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Decides from the signs of a search's epochs how it goes on. It knows what its ledger holds and nothing else, so that it
 * decides alike whenever it is run again.
 *
 * <p>By default it only tells: a finding is told once, with {@link SteeringAction#CONTINUE}. Told to act, it ends a search that
 * has settled, and one that collapses: by a search made anew as long as there is one left, else by going back to the last
 * healthy epoch. A search that has been told to end is over; what comes of it later changes nothing.
 */
final class GuardPlanner {
    private static final Set<SteeringAction> GOING_BACK = Set.of(SteeringAction.ROLL_BACK, SteeringAction.RELAUNCH);
    /** Rules look back no further than so many epochs. */
    private static final int LONGEST = 10_000;

    private static final Table<EpochSigns> SIGNS = Table.of(EpochSigns.class);
    private static final Table<SearchSteered> ENDED = Table.of(SearchSteered.class);

    private final Ledger ledger;

    GuardPlanner(Ledger ledger) {
        this.ledger = ledger;
    }

    /** By what a search was ended. */
    Optional<SearchSteered> ended(String search) {
        return ledger.get(ENDED, search);
    }

    /**
     * Takes the signs of an epoch; what is to be told of it, if anything is.
     *
     * @throws IllegalArgumentException if no search has such an epoch
     */
    Optional<SearchSteered> look(AlphaCheckpointed checkpoint, DerivedCell cell) {
        if (checkpoint.getEpoch() < 1) {
            throw new IllegalArgumentException("epochs count from 1 (was %d)".formatted(checkpoint.getEpoch()));
        }
        var signs = DeriveEvents.signs(checkpoint, cell);
        ledger.put(SIGNS, key(signs.getSearch(), signs.getEpoch()), signs);
        var history = IntStream.rangeClosed(Math.max(1, signs.getEpoch() - LONGEST + 1), signs.getEpoch())
                .mapToObj(epoch -> ledger.get(SIGNS, key(signs.getSearch(), epoch)))
                .flatMap(Optional::stream)
                .map(DeriveEvents::signs)
                .toList();
        var guard = Optional.ofNullable(checkpoint.getGuard()).orElseGet(DeriveEvents::toldOnly);
        var diagnosis = detector(guard, checkpoint.getEpochs()).look(history);
        var action = action(guard, diagnosis, checkpoint.getFinalEpoch());
        if (action == SteeringAction.CONTINUE) {
            return isNew(checkpoint.getSearch(), diagnosis)
                    ? Optional.of(steered(checkpoint, action, diagnosis))
                    : Optional.empty();
        }
        var end = steered(checkpoint, action, diagnosis);
        ledger.put(ENDED, checkpoint.getSearch(), end);
        return Optional.of(end);
    }

    private static CollapseDetector detector(GuardSettings guard, int epochs) {
        return guard.getFrom() > 0
                ? new CollapseDetector(CollapseDetector.RULES, guard.getFrom())
                : CollapseDetector.usual(epochs);
    }

    private static SteeringAction action(GuardSettings guard, Diagnosis diagnosis, boolean isLast) {
        if (!guard.getAct()) {
            return SteeringAction.CONTINUE;
        }
        return switch (diagnosis.worst().orElse(Severity.WARNING)) {
            case WARNING -> SteeringAction.CONTINUE;
            // The last epoch ends by itself.
            case SETTLED -> isLast ? SteeringAction.CONTINUE : SteeringAction.STOP;
            case COLLAPSE -> {
                if (guard.getRelaunches() > 0) {
                    yield SteeringAction.RELAUNCH;
                }
                yield diagnosis.healthyEpoch() > 0 ? SteeringAction.ROLL_BACK : SteeringAction.STOP;
            }
        };
    }

    /** Whether a rule has not spoken so before. */
    private boolean isNew(String search, Diagnosis diagnosis) {
        var isNew = false;
        for (var finding : diagnosis.findings()) {
            isNew |= ledger.mark("told/%s/%s/%s".formatted(search, finding.rule(), finding.severity()));
        }
        return isNew;
    }

    private static SearchSteered steered(AlphaCheckpointed checkpoint, SteeringAction action, Diagnosis diagnosis) {
        return SearchSteered.newBuilder()
                .setSearch(checkpoint.getSearch())
                .setRun(checkpoint.getRun())
                .setAction(action)
                .setEpoch(epoch(checkpoint, action, diagnosis))
                .setReasons(diagnosis.findings().stream().map(Finding::reason).toList())
                .setAlarm(diagnosis.worst().map(GuardPlanner::alarm).orElse(Alarm.NONE))
                .setAt(checkpoint.getEpoch())
                .setRules(diagnosis.findings().stream().map(Finding::rule).toList())
                .setHealthyEpoch(diagnosis.healthyEpoch())
                .setGuard(checkpoint.getGuard())
                .build();
    }

    /** The epoch that the search comes to: its last, or the healthy one. */
    private static int epoch(AlphaCheckpointed checkpoint, SteeringAction action, Diagnosis diagnosis) {
        if (action == SteeringAction.STOP) {
            return checkpoint.getEpoch();
        }
        return GOING_BACK.contains(action) ? diagnosis.healthyEpoch() : 0;
    }

    private static Alarm alarm(Severity severity) {
        return switch (severity) {
            case WARNING -> Alarm.WARNING;
            case SETTLED -> Alarm.SETTLED;
            case COLLAPSE -> Alarm.COLLAPSE;
        };
    }

    private static String key(String search, int epoch) {
        return search + "/" + epoch;
    }
}
