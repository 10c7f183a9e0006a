package io.dartboard.derive;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.GenotypeDerived;
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
 * the relaxation and the derivation that the checkpoint names, in its space.
 *
 * <p><b>Guarantee.</b> For each search and epoch there is one genotype for the newest attempt that has told its alphas. A
 * checkpoint that comes twice, or comes late from a worker that has been replaced, is ignored. Alphas that do not have
 * their space's shape, or belong to no known space, relaxation or derivation, are dead-lettered.
 */
public final class DerivePlanner implements Decider {
    private static final Table<GenotypeDerived> DERIVED = Table.of(GenotypeDerived.class);

    @Override
    public Set<Topic<?>> inputs() {
        return Set.of(Topics.ALPHAS);
    }

    @Override
    public Set<Topic<?>> outputs() {
        return Set.of(Topics.GENOTYPES);
    }

    @Override
    public void decide(Fact fact, Ledger ledger, Outbox outbox) {
        var checkpoint = (AlphaCheckpointed) fact.value();
        var key = key(checkpoint.getSearch(), checkpoint.getEpoch());
        var known = ledger.get(DERIVED, key);
        if (known.isPresent() && known.get().getAttempt() >= checkpoint.getAttempt()) {
            return;
        }
        var before = ledger.get(DERIVED, key(checkpoint.getSearch(), checkpoint.getEpoch() - 1))
                .map(GenotypeDerived::getGenotype);
        var derived = DeriveEvents.derived(checkpoint, cell(checkpoint, before));
        ledger.put(DERIVED, key, derived);
        outbox.send(Topics.GENOTYPES, derived.getSearch(), derived, derived.getRun());
    }

    private static DerivedCell cell(AlphaCheckpointed checkpoint, Optional<String> before) {
        var rule = DeriveEvents.rule(checkpoint);
        return DeriveEvents.read(checkpoint, () -> DerivedCell.of(rule, DeriveEvents.alphas(checkpoint), before));
    }

    private static String key(String search, int epoch) {
        return search + "/" + epoch;
    }
}
