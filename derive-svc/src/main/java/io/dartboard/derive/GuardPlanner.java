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
import io.dartboard.nas.guard.GuardPolicy;
import io.dartboard.nas.guard.GuardPolicy.Action;
import io.dartboard.nas.guard.GuardPolicy.Steering;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Table;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decides from the signs of a search's epochs how it goes on. It knows what its ledger holds and nothing else, so that it
 * decides alike whenever it is run again.
 *
 * <p>By default it only tells: a finding is told once, with {@link SteeringAction#CONTINUE}. Told to act, it ends a search that
 * has settled, and one that collapses: by a search made anew as long as there is one left, else by going back to the last
 * healthy epoch. A search that has been told to end is over; what comes of it later changes nothing.
 *
 * <p>Of a search in stages it looks at the stage that it is in: the supernet of another is another network.
 *
 * <p>A method may end its own searches ({@link io.dartboard.nas.guard.StopRule}), as their events say: that needs no guard, and
 * holds from the first epoch of which the rule speaks.
 */
final class GuardPlanner {
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
        if (checkpoint.getStageFrom() < 1 || checkpoint.getStageFrom() > checkpoint.getEpoch()) {
            throw new IllegalArgumentException("the stage of epoch %d cannot begin with epoch %d"
                    .formatted(checkpoint.getEpoch(), checkpoint.getStageFrom()));
        }
        var signs = DeriveEvents.signs(checkpoint, cell);
        ledger.put(SIGNS, key(signs.getSearch(), signs.getEpoch()), signs);
        var history = IntStream.rangeClosed(
                        Math.max(checkpoint.getStageFrom(), signs.getEpoch() - LONGEST + 1), signs.getEpoch())
                .mapToObj(epoch -> ledger.get(SIGNS, key(signs.getSearch(), epoch)))
                .flatMap(Optional::stream)
                .map(DeriveEvents::signs)
                .toList();
        var guard = Optional.ofNullable(checkpoint.getGuard()).orElseGet(DeriveEvents::toldOnly);
        var settled = DeriveEvents.stop(checkpoint).look(history);
        var diagnosis = detector(guard, checkpoint).look(history).with(settled);
        var steering = new GuardPolicy(guard.getAct(), guard.getRelaunches())
                .steer(diagnosis, settled.isPresent(), checkpoint.getEpoch(), checkpoint.getFinalEpoch());
        if (steering.action() == Action.CONTINUE) {
            return isNew(checkpoint.getSearch(), diagnosis)
                    ? Optional.of(steered(checkpoint, steering, diagnosis))
                    : Optional.empty();
        }
        var end = steered(checkpoint, steering, diagnosis);
        ledger.put(ENDED, checkpoint.getSearch(), end);
        return Optional.of(end);
    }

    private static CollapseDetector detector(GuardSettings guard, AlphaCheckpointed checkpoint) {
        var any = CollapseDetector.Rules.of(guard.getRules()).detector(checkpoint.getEpochs());
        var counting = guard.getFrom() > 0 ? any.from(guard.getFrom()) : any;
        return counting.in(SearchSpace.of(checkpoint.getSpace()));
    }

    /** Whether a rule has not spoken so before. */
    private boolean isNew(String search, Diagnosis diagnosis) {
        var isNew = false;
        for (var finding : diagnosis.findings()) {
            isNew |= ledger.mark("told/%s/%s/%s".formatted(search, finding.rule(), finding.severity()));
        }
        return isNew;
    }

    private static SearchSteered steered(AlphaCheckpointed checkpoint, Steering steering, Diagnosis diagnosis) {
        return SearchSteered.newBuilder()
                .setSearch(checkpoint.getSearch())
                .setRun(checkpoint.getRun())
                .setAction(action(steering.action()))
                .setEpoch(steering.epoch())
                .setReasons(diagnosis.findings().stream().map(Finding::reason).toList())
                .setAlarm(diagnosis.worst().map(GuardPlanner::alarm).orElse(Alarm.NONE))
                .setAt(checkpoint.getEpoch())
                .setRules(diagnosis.findings().stream().map(Finding::rule).toList())
                .setHealthyEpoch(diagnosis.healthyEpoch())
                .setGuard(checkpoint.getGuard())
                .build();
    }

    private static SteeringAction action(Action action) {
        return switch (action) {
            case CONTINUE -> SteeringAction.CONTINUE;
            case STOP -> SteeringAction.STOP;
            case ROLL_BACK -> SteeringAction.ROLL_BACK;
            case RELAUNCH -> SteeringAction.RELAUNCH;
        };
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
