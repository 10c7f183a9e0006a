package io.dartboard.eval;

import io.dartboard.events.CellSelected;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Origin;
import io.dartboard.events.PassedOver;
import io.dartboard.events.RunRequested;
import io.dartboard.events.WantedCell;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.planner.Table;
import io.dartboard.pipeline.run.DatasetBook;
import io.dartboard.pipeline.run.NamedCells;
import io.dartboard.pipeline.run.RunBook;
import io.dartboard.pipeline.view.StageView;
import io.dartboard.schemas.Topics;
import io.dartboard.training.NetworkCeiling;
import io.dartboard.training.kind.RunBaseline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One look at one live run whose dataset is known: asks for what it lacks, and tells what it has come to. */
final class RoundPlanner {
    private static final Table<DatasetPublished> TARGETS = new Table<>("TransferDataset", DatasetPublished.class);

    private final RunRequested request;
    private final DatasetPublished dataset;
    private final Ledger ledger;
    private final Outbox outbox;
    private final RunBook runs;
    private final CellBook cells;
    private final RaceBook race;
    private final RetrainingBook retrainings;
    private final SelectionPlanner brief;
    private final boolean atTheClock;

    /** @param atTheClock whether it is a look at the clock, at which those that race are looked at */
    RoundPlanner(RunRequested request, DatasetPublished dataset, Ledger ledger, Outbox outbox, boolean atTheClock) {
        this.request = request;
        this.dataset = dataset;
        this.ledger = ledger;
        this.outbox = outbox;
        this.runs = new RunBook(ledger);
        this.cells = new CellBook(ledger);
        this.race = new RaceBook(ledger);
        this.retrainings = new RetrainingBook(request, dataset, ledger, outbox);
        this.brief = new SelectionPlanner(request, dataset, ledger, outbox);
        this.atTheClock = atTheClock;
    }

    void plan() {
        var target = target();
        if (target.isEmpty() && EvalEvents.needsTarget(request)) {
            return;
        }
        var ceilings = EvalEvents.ceilings(request, dataset, target);
        if (request.getMeasureOnly()) {
            measured();
            return;
        }
        cells.wanted(request.getRun()).ifPresent(wanted -> wanted.getCells().forEach(this::evidence));
        var named = NamedCells.of(request);
        if (!named.none() && !named.choosing()) {
            given(Architecture.parse(request.getGenotype()), ceilings);
            return;
        }
        var contenders = named.none() ? found() : Contender.of(named);
        if (contenders.isEmpty()
                || named.none() && contenders.size() < request.getSearchSeeds().size()) {
            // Where it has no seed to search with, search-svc refuses it.
            return;
        }
        selected(contenders, named.origin(), ceilings).ifPresent(chosen -> {
            full(named.origin(), chosen.getSearch(), Architecture.parse(chosen.getGenotype()));
            fullRandom(ceilings);
        });
    }

    private void given(Architecture cell, NetworkCeiling ceilings) {
        var refusal = ceilings.refusal(cell.toString());
        if (refusal.isPresent()) {
            tellNone(List.of(
                    new PassedOver("", 0L, cell.toString(), cell.hash(), refusal.get(), request.getGenotypeName())));
            return;
        }
        full(Origin.NAMED, "", cell);
        fullRandom(ceilings);
    }

    /** Brief retrainings, one for each evaluation seed, and nothing to compare with. */
    private void measured() {
        var cell = Architecture.parse(request.getGenotype()).toString();
        retrained(RetrainingBook.Wanted.brief(request, Origin.NAMED, "", cell), request.getEvaluationSeeds(), "");
    }

    /** What a verdict wants: the same in another word is told once. */
    private void evidence(WantedCell wanted) {
        var cell = Architecture.parse(wanted.getGenotype());
        retrained(
                RetrainingBook.Wanted.full(request, wanted.getOrigin(), wanted.getSearch(), cell),
                wanted.getSeeds(),
                "/%s/%s".formatted(cell.hash(), wanted.getSeeds()));
    }

    private void full(Origin origin, String search, Architecture cell) {
        retrained(RetrainingBook.Wanted.full(request, origin, search, cell), request.getEvaluationSeeds(), "");
    }

    private void fullRandom(NetworkCeiling ceilings) {
        baseline(ceilings).ifPresent(random -> full(Origin.RANDOM, "", random));
    }

    /**
     * With each seed; summed up when all are done.
     *
     * @param which of several sums of a run and an origin, of which each is told once
     */
    private void retrained(RetrainingBook.Wanted wanted, List<Long> seeds, String which) {
        var done = retrainings.results(wanted, seeds);
        if (done.size() == seeds.size()
                && ledger.mark("evaluated/%s/%s%s".formatted(wanted.origin(), request.getRun(), which))) {
            outbox.send(
                    Topics.EVALUATIONS,
                    request.getRun(),
                    EvalEvents.evaluated(request.getRun(), wanted, seeds, done),
                    request.getRun());
        }
    }

    /** The random cell; empty while it is not chosen yet. */
    private Optional<Architecture> baseline(NetworkCeiling ceilings) {
        var drawn = RunBaseline.cells(request);
        if (drawn.size() == 1) {
            return Optional.of(drawn.get(0).genotype());
        }
        var known = cells.baseline(request.getRun());
        if (known.isPresent()) {
            return known.map(told -> Architecture.parse(told.getGenotype()));
        }
        var passedOver = new ArrayList<PassedOver>();
        var fitting = fitting(Contender.drawn(drawn), ceilings, passedOver);
        if (fitting.isEmpty()) {
            runs.life(request.getRun())
                    .ifPresent(life -> runs.block(
                            life,
                            StageView.SELECTION,
                            "",
                            "none of the %d random cells keeps within the ceilings (%s); draw more by randomCells, or raise the ceiling"
                                    .formatted(drawn.size(), passedOver.get(0).getReason()),
                            outbox));
            return Optional.empty();
        }
        return brief.all(fitting, Origin.RANDOM).map(compared -> {
            var choice = CellChoice.baseline(request.getRun(), compared, passedOver);
            cells.select(choice);
            outbox.send(Topics.EVALUATIONS, request.getRun(), choice, request.getRun());
            return Architecture.parse(choice.getGenotype());
        });
    }

    /** What the searches have found so far, in the order of their seeds. */
    private List<Contender> found() {
        var waits = !finishes(StageView.SEARCH);
        var found = new ArrayList<Contender>();
        for (var seed : request.getSearchSeeds()) {
            var search = JobId.search(dataset, request.getSearch(), seed);
            runs.need(request.getRun(), search);
            cells.cell(request, search, waits).map(EvalEvents::contender).ifPresent(found::add);
        }
        return found;
    }

    private Optional<CellSelected> selected(List<Contender> contenders, Origin origin, NetworkCeiling ceilings) {
        var known = cells.selected(request.getRun());
        if (known.isPresent()) {
            return known;
        }
        var passedOver = new ArrayList<PassedOver>();
        var fitting = fitting(contenders, ceilings, passedOver);
        if (fitting.isEmpty()) {
            tellNone(passedOver);
            return Optional.empty();
        }
        return chosen(fitting, origin, passedOver);
    }

    /** Those within the ceilings, in order; the others are told apart. */
    private static List<Contender> fitting(
            List<Contender> contenders, NetworkCeiling ceilings, List<PassedOver> passedOver) {
        var fitting = new ArrayList<Contender>();
        for (var contender : contenders) {
            ceilings.refusal(contender.genotype())
                    .ifPresentOrElse(
                            reason -> passedOver.add(EvalEvents.passedOver(contender, reason)),
                            () -> fitting.add(contender));
        }
        return fitting;
    }

    /** The dataset whose classes count for the transfer's ceiling; a later version does not move a run in flight. */
    private Optional<DatasetPublished> target() {
        var transfer = request.getTransfer();
        var settled = ledger.get(TARGETS, request.getRun());
        if (settled.isPresent() || transfer == null || !EvalEvents.needsTarget(request)) {
            return settled;
        }
        runs.need(request.getRun(), DatasetBook.need(transfer.getDataset()));
        var newest = new DatasetBook(ledger).newest(transfer.getDataset());
        newest.ifPresent(dataset -> ledger.put(TARGETS, request.getRun(), dataset));
        return newest;
    }

    /** The same request finds the same cells: each time it is asked for it is blocked by them. */
    private void tellNone(List<PassedOver> passedOver) {
        var none = CellChoice.none(request.getRun(), passedOver);
        if (ledger.mark("noCell/" + request.getRun())) {
            outbox.send(Topics.EVALUATIONS, request.getRun(), none, request.getRun());
        }
        runs.life(request.getRun()).ifPresent(life -> runs.block(life, "selection", "", none.getReason(), outbox));
    }

    /** Chooses once all that may be chosen have been retrained briefly, or given up. */
    private Optional<CellSelected> chosen(List<Contender> contenders, Origin origin, List<PassedOver> passedOver) {
        return compared(contenders, origin).map(compared -> {
            var choice = CellChoice.among(request.getRun(), compared, passedOver, outpaced(contenders, compared));
            race.end(request.getRun());
            cells.select(choice);
            outbox.send(Topics.EVALUATIONS, request.getRun(), choice, request.getRun());
            return choice;
        });
    }

    private Optional<List<CellChoice.Compared>> compared(List<Contender> contenders, Origin origin) {
        return request.getRacing()
                ? brief.raced(contenders, origin, atTheClock && !finishes(StageView.SELECTION))
                : brief.all(contenders, origin);
    }

    private boolean finishes(String stage) {
        return runs.life(request.getRun()).filter(life -> life.finishes(stage)).isPresent();
    }

    private static int outpaced(List<Contender> contenders, List<CellChoice.Compared> compared) {
        var left = compared.stream().map(CellChoice.Compared::contender).toList();
        return (int) contenders.stream()
                .filter(contender -> !left.contains(contender))
                .map(Contender::hash)
                .distinct()
                .count();
    }
}
