package io.dartboard.derive;

import io.dartboard.events.Alarm;
import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.SearchRelaunched;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.SteeringAction;
import io.dartboard.pipeline.planner.Decider;
import io.dartboard.pipeline.planner.Fact;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.planner.Table;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.util.Optional;
import java.util.Set;

/**
 * Derives the discrete cell of every checkpoint (DARTS, arXiv 1806.09055, section 2.4), each by the rule of its search:
 * the relaxation and the derivation that the checkpoint names, in its space; what the search has decided by perturbation stands
 * as the checkpoint has it. And says how the search goes on
 * ({@link GuardPlanner}), and so which of its cells is its result.
 *
 * <p>A search ends with the cell of its last checkpoint, unless its guard has ended it: then with that of the epoch at which it
 * was stopped, or to which it was rolled back. Where it was relaunched it ends with what the search has found that it goes on
 * as; the cell of the last healthy epoch stands in where that one collapses from the start.
 *
 * <p><b>Guarantee.</b> For each search and epoch there is one genotype for the newest attempt that has told its alphas, and one
 * result for each search. A checkpoint that comes twice, or comes late from a worker that has been replaced or of a search that
 * has been told to end, is ignored. Alphas that do not have their space's shape, or belong to no known space, relaxation or
 * derivation, are dead-lettered.
 */
public final class DerivePlanner implements Decider {
    private static final Table<GenotypeDerived> DERIVED = Table.of(GenotypeDerived.class);
    private static final Table<GenotypeDerived> RESULTS = new Table<>("Result", GenotypeDerived.class);
    private static final Table<SearchRelaunched> RELAUNCHES = Table.of(SearchRelaunched.class);

    @Override
    public Set<Topic<?>> inputs() {
        return Set.of(Topics.ALPHAS, Topics.STEERING);
    }

    @Override
    public Set<Topic<?>> outputs() {
        return Set.of(Topics.GENOTYPES, Topics.STEERING);
    }

    @Override
    public void decide(Fact fact, Ledger ledger, Outbox outbox) {
        var turn = new TurnPlanner(ledger, outbox);
        if (fact.value() instanceof AlphaCheckpointed checkpoint) {
            turn.take(checkpoint);
        } else if (fact.value() instanceof SearchRelaunched relaunched) {
            turn.take(relaunched);
        }
    }

    /** What one fact leads to. */
    private static final class TurnPlanner {
        private final Ledger ledger;
        private final Outbox outbox;
        private final GuardPlanner guard;

        TurnPlanner(Ledger ledger, Outbox outbox) {
            this.ledger = ledger;
            this.outbox = outbox;
            this.guard = new GuardPlanner(ledger);
        }

        void take(AlphaCheckpointed checkpoint) {
            var search = checkpoint.getSearch();
            var known = derived(search, checkpoint.getEpoch());
            if (guard.ended(search).isPresent()
                    || known.isPresent() && known.get().getAttempt() >= checkpoint.getAttempt()) {
                return;
            }
            var before = derived(search, checkpoint.getEpoch() - 1).map(GenotypeDerived::getGenotype);
            var cell = cell(checkpoint, before);
            var derived = DeriveEvents.derived(checkpoint, cell);
            var word = guard.look(checkpoint, cell);
            var end = word.filter(each -> each.getAction() != SteeringAction.CONTINUE);
            if (end.isPresent()) {
                derived =
                        GenotypeDerived.newBuilder(derived).setFinalEpoch(false).build();
            }
            ledger.put(DERIVED, key(search, checkpoint.getEpoch()), derived);
            tell(derived);
            word.ifPresent(each -> outbox.send(Topics.STEERING, search, each, each.getRun()));
            end.ifPresent(this::goTo);
            if (derived.getFinalEpoch()) {
                found(derived);
            }
        }

        /** The search ends with the cell of an epoch, or falls back on it until the search made anew has one. */
        private void goTo(SearchSteered end) {
            derived(end.getSearch(), end.getEpoch()).ifPresent(derived -> {
                var isResult = end.getAction() != SteeringAction.RELAUNCH;
                var steered = GenotypeDerived.newBuilder(derived)
                        .setSteered(true)
                        .setFinalEpoch(isResult)
                        .build();
                tell(steered);
                if (isResult) {
                    found(steered);
                }
            });
        }

        void take(SearchRelaunched relaunched) {
            if (ledger.get(RELAUNCHES, relaunched.getSearch()).isEmpty()) {
                ledger.put(RELAUNCHES, relaunched.getSearch(), relaunched);
                ledger.mark("before/%s/%s".formatted(relaunched.getSuccessor(), relaunched.getSearch()));
                ledger.get(RESULTS, relaunched.getSuccessor())
                        .ifPresent(result -> handDown(result, relaunched.getSearch()));
            }
        }

        /** A search has its result, and so have those that go on as it. */
        private void found(GenotypeDerived result) {
            ledger.put(RESULTS, result.getSearch(), result);
            ledger.marks("before/%s/".formatted(result.getSearch())).forEach(search -> handDown(result, search));
        }

        private void handDown(GenotypeDerived result, String search) {
            var relaunched = ledger.get(RELAUNCHES, search).orElseThrow();
            var fallback = collapsedThroughout(result.getSearch())
                    ? guard.ended(search).flatMap(end -> derived(search, end.getEpoch()))
                    : Optional.<GenotypeDerived>empty();
            var own = GenotypeDerived.newBuilder(fallback.orElse(result))
                    .setSearch(search)
                    .setRun(relaunched.getRun())
                    .setFinalEpoch(true)
                    .setSteered(fallback.isPresent())
                    .setFoundBy(fallback.isPresent() ? "" : result.getSearch())
                    .build();
            tell(own);
            found(own);
        }

        /** Whether a search was ended for a collapse and had no healthy epoch to go back to. */
        private boolean collapsedThroughout(String search) {
            return guard.ended(search)
                    .filter(end -> end.getAlarm() == Alarm.COLLAPSE && end.getHealthyEpoch() == 0)
                    .isPresent();
        }

        private Optional<GenotypeDerived> derived(String search, int epoch) {
            return ledger.get(DERIVED, key(search, epoch));
        }

        private void tell(GenotypeDerived derived) {
            outbox.send(Topics.GENOTYPES, derived.getSearch(), derived, derived.getRun());
        }
    }

    private static DerivedCell cell(AlphaCheckpointed checkpoint, Optional<String> before) {
        var rule = DeriveEvents.rule(checkpoint);
        return DeriveEvents.read(
                checkpoint,
                () -> DerivedCell.of(
                        rule,
                        checkpoint.getThreshold(),
                        DeriveEvents.alphas(checkpoint),
                        DeriveEvents.projection(checkpoint),
                        before));
    }

    private static String key(String search, int epoch) {
        return search + "/" + epoch;
    }
}
