package io.dartboard.bench.methods;

import io.dartboard.nas.bilevel.Remedy;
import io.dartboard.nas.bilevel.SearchReport;
import io.dartboard.nas.bilevel.SearchReport.GroupReport;
import io.dartboard.nas.bilevel.SignSchedule;
import io.dartboard.nas.derive.CollapseIndicators;
import io.dartboard.nas.derive.Derivation;
import io.dartboard.nas.derive.DerivationRule;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.guard.CollapseDetector;
import io.dartboard.nas.guard.Finding;
import io.dartboard.nas.guard.Finding.Severity;
import io.dartboard.nas.guard.GuardPolicy;
import io.dartboard.nas.guard.GuardPolicy.Action;
import io.dartboard.nas.guard.Signs;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The epochs of one search, and what its guard says to them: by the rules of the product, and as they are set by default. */
final class GuardedEpochs implements LoopObserver<SearchReport> {
    /** What a search is made anew with, where its method can have it. */
    static final Remedy REMEDY = Remedy.BETA_DECAY;

    /** The guard as a setting of the search, by which its result is known again. */
    static final String GUARD = "acting by steady rules, 1 relaunch, " + REMEDY.id();

    /** When what costs passes is measured under a guard. */
    static final SignSchedule SCHEDULE = new SignSchedule(OptionalInt.of(2), OptionalInt.of(5));

    private final DerivationRule rule;
    private final int epochs;
    private final GuardPolicy policy;
    private final CollapseDetector detector;

    private final List<Architecture> cells = new ArrayList<>();
    private final List<SearchRow.Epoch> all = new ArrayList<>();
    private final List<Signs> history = new ArrayList<>();
    private long steps;
    private Optional<End> end = Optional.empty();

    /**
     * Before the first.
     *
     * @param rule by which a cell is derived
     * @param epochs of the search, unless it is ended
     */
    GuardedEpochs(DerivationRule rule, int epochs, GuardPolicy policy) {
        this.rule = rule;
        this.epochs = epochs;
        this.policy = policy;
        this.detector = CollapseDetector.usual(epochs).in(rule.space());
    }

    /**
     * How a guard has ended a search.
     *
     * @param at epoch after which it did, from 1
     * @param epoch whose cell it keeps; 0 where none was healthy
     * @param findings for which it did
     * @param cell of that epoch
     */
    record End(int at, Action action, int epoch, List<Finding> findings, Optional<Architecture> cell) {
        /** Whether the cell that it keeps is a collapsed one, for want of another. */
        boolean collapsed() {
            return action == Action.STOP
                    && findings.stream().anyMatch(finding -> finding.severity() == Severity.COLLAPSE);
        }

        /** As a result has it. */
        SearchRow.Steered told(String remedy) {
            return new SearchRow.Steered(
                    at, action, epoch, findings.stream().map(Finding::reason).toList(), remedy);
        }
    }

    @Override
    public Directive afterStep(StepReport report) {
        return Directive.CONTINUE;
    }

    @Override
    public Directive onEpoch(SearchReport report) {
        Derivation derived = report.projection().derive(rule, report.alphas());
        int epoch = report.epoch() + 1;
        steps = report.stepsDone();
        cells.add(derived.architecture());
        Signs signs = signs(epoch, report, derived);
        all.add(new SearchRow.Epoch(
                last().toString(),
                100 * report.valid().accuracy().orElse(0),
                signs.skipMass(),
                signs.eigenvalue(),
                signs.gap()));
        if (report.epoch() == report.stage().first()) {
            history.clear(); // What was seen of another supernet says nothing of this one.
        }
        history.add(signs);
        CollapseDetector.Diagnosis diagnosis = detector.look(history);
        GuardPolicy.Steering steering = policy.steer(diagnosis, epoch, epoch == epochs);
        if (steering.action() == Action.CONTINUE) {
            return Directive.CONTINUE;
        }
        end = Optional.of(new End(
                epoch,
                steering.action(),
                steering.epoch(),
                diagnosis.findings(),
                steering.epoch() > 0 ? Optional.of(cells.get(steering.epoch() - 1)) : Optional.empty()));
        return Directive.STOP;
    }

    private static Signs signs(int epoch, SearchReport report, Derivation derived) {
        Optional<CollapseIndicators> seen = derived.indicators();
        return new Signs(
                epoch,
                report.stepsDone(),
                report.groups().values().stream()
                        .anyMatch(group -> group.gradientNorm().orElse(0) > 0),
                derived.architecture().hash(),
                seen.map(CollapseIndicators::normalSkips).orElse(0),
                seen.map(CollapseIndicators::normalSkipShare).orElse(0.0),
                seen.map(CollapseIndicators::normalParameterFreeShare).orElse(0.0),
                skipMass(report),
                report.signs().eigenvalue().isPresent()
                        ? OptionalDouble.of(report.signs().eigenvalue().get().eigenvalue())
                        : OptionalDouble.empty(),
                report.signs().gap(),
                OptionalDouble.empty());
    }

    /** That of the normal cell; where each cell has alphas of its own, the mean. */
    private static OptionalDouble skipMass(SearchReport report) {
        return Optional.ofNullable(report.groups().get("normal"))
                .map(GroupReport::skipMass)
                .orElseGet(() -> report.groups().values().stream()
                        .map(GroupReport::skipMass)
                        .filter(OptionalDouble::isPresent)
                        .mapToDouble(OptionalDouble::getAsDouble)
                        .average());
    }

    @Override
    public void onSnapshot(Snapshot snapshot) {
        // None is asked for.
    }

    /** What it would have come to after each epoch. */
    List<SearchRow.Epoch> all() {
        return all;
    }

    /** Steps done. */
    long steps() {
        return steps;
    }

    /** The cell as it is now. */
    Architecture last() {
        return cells.get(cells.size() - 1);
    }

    /** How the guard has ended it, if it has. */
    Optional<End> end() {
        return end;
    }
}
