package io.dartboard.search.order;

import io.dartboard.events.DecisionAction;
import io.dartboard.events.OrderPlaced;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunPhase;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.VersionDecided;
import io.dartboard.events.VersionSeen;
import io.dartboard.pipeline.planner.Fact;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.run.RunBook;
import io.dartboard.pipeline.run.RunLife;
import io.dartboard.pipeline.score.SeedScores;
import io.dartboard.schemas.OneLine;
import io.dartboard.schemas.Topics;
import io.dartboard.search.request.DevicePrice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One look of the {@link OrderPlanner} at one active order. */
final class Look {
    private static final String PAUSED_BY_BUDGET = "pausedByBudget/%s/";

    private final OrderPlaced order;
    private final Instant now;
    private final boolean isClock;
    private final Optional<Schedule> schedule;
    private final Ledger ledger;
    private final Outbox outbox;
    private final RunBook runs;
    private final DecisionBook decisions;
    private final VersionBook versions;
    private final Spending spending;
    /** What the order may spend in a month, in device seconds; 0 for no limit. */
    private final double budget;
    /** The time of the schedule that is being answered. */
    private Optional<Instant> due = Optional.empty();

    /**
     * Prepares to look.
     *
     * @param price what devices cost
     * @param isClock true if nothing but the time has led to it: what has been read is all there is
     */
    Look(OrderPlaced order, DevicePrice price, Instant now, boolean isClock, Ledger ledger, Outbox outbox) {
        this.order = order;
        this.now = now;
        this.isClock = isClock;
        this.schedule = Schedule.of(order);
        this.ledger = ledger;
        this.outbox = outbox;
        this.runs = new RunBook(ledger);
        this.decisions = new DecisionBook(order.getOrder(), ledger);
        this.versions = new VersionBook(ledger);
        this.spending = new Spending(ledger);
        this.budget = MonthBudget.of(order.getPolicy(), price);
    }

    void decide() {
        keepWithinBudget();
        var open = decisions.open(order.getDataset(), versions);
        for (var version : open) {
            var measuring = decisions.of(version, DecisionAction.MEASURE);
            if (measuring.isPresent() && !conclude(version, measuring.get())) {
                return;
            }
        }
        if (isSearching()) {
            return;
        }
        searchIfAsked();
        var left =
                open.stream().filter(version -> !decisions.isSettled(version)).toList();
        if (schedule.isEmpty() || schedule.get().isSearch()) {
            settleNewest(left);
        }
        if (isClock) {
            schedule.flatMap(times -> times.lastDue(now))
                    .filter(at -> !decisions.isAnswered(at))
                    .ifPresent(at -> answer(at, schedule.get().isSearch(), left));
        }
    }

    /** Does what the schedule has done at a time that has come. */
    private void answer(Instant at, boolean isSearch, List<VersionSeen> left) {
        var all = versions.of(order.getDataset());
        if (all.isEmpty() || isSearching()) {
            return;
        }
        due = Optional.of(at);
        var newest = all.get(all.size() - 1);
        if (isSearch) {
            searchAgain(newest);
        } else if (left.isEmpty()) {
            tell(
                    newest,
                    DecisionAction.PASS,
                    List.of(
                            "no version has come since %s, and the same cell with the same settings and seeds comes to the same"
                                    .formatted(nameOf(newest))),
                    Map.of(),
                    List.of());
        } else {
            settleNewest(left);
        }
    }

    private static String dueReason(Instant at) {
        return "it was due at %s by the order's schedule".formatted(at);
    }

    /** The same search finds the same, so one on a version that was searched on takes other seeds. */
    private void searchAgain(VersionSeen version) {
        if (isOutOfBudget()) {
            return;
        }
        var times = decisions.searches(version);
        if (times == 0) {
            search(version, List.of(), Map.of());
            return;
        }
        var wanted = OrderRuns.searchAgain(order, nameOf(version), times);
        ask(wanted);
        tell(
                version,
                DecisionAction.SEARCH,
                List.of("it was searched on before, so seeds are others than then: "
                        + wanted.getSearchSeeds().stream().map(String::valueOf).collect(Collectors.joining(", "))),
                Map.of(),
                List.of(wanted));
    }

    private void settleNewest(List<VersionSeen> open) {
        if (open.isEmpty() || isSearching()) {
            return;
        }
        var newest = open.get(open.size() - 1);
        var due = Instant.ofEpochMilli(newest.getAt())
                .plus(Duration.ofSeconds(order.getPolicy().getDebounceSeconds()));
        if (now.isBefore(due)) {
            return;
        }
        open.subList(0, open.size() - 1)
                .forEach(version -> tell(
                        version,
                        DecisionAction.PASS,
                        List.of("version %s came before this one was looked at".formatted(nameOf(newest))),
                        Map.of(),
                        List.of()));
        begin(newest);
    }

    private void begin(VersionSeen version) {
        var reasons = new ArrayList<String>();
        var numbers = new TreeMap<String, Double>();
        if (isOutOfBudget()) {
            defer(version);
            return;
        }
        var champion = ledger.get(OrderPlanner.CHAMPIONS, order.getDataset());
        if (champion.isEmpty()) {
            reasons.add("no cell has been found for dataset %s yet".formatted(order.getDataset()));
            search(version, reasons, numbers);
            return;
        }
        var isPromoted = OrderPlanner.isPromoted(champion.get());
        var standing = champion.get().getChallenger();
        var home = versions.of(order.getDataset(), champion.get().getDatasetVersion());
        if (home.isPresent() && nameOf(home.get()).equals(nameOf(version))) {
            reasons.add("%s was found on this very version".formatted(title(isPromoted, standing.getRun())));
            tell(version, DecisionAction.KEEP, reasons, numbers, List.of());
            return;
        }
        var change = home.map(before -> DataChange.between(before.getPublished(), version.getPublished()));
        change.ifPresent(told -> {
            numbers.putAll(told.numbers());
            reasons.add(told.line());
        });
        var because = change.flatMap(DataChange::broken).or(() -> isDueByCount(version));
        if (because.isPresent()) {
            reasons.add(because.get());
            search(version, reasons, numbers);
        } else {
            reasons.add("%s is measured on it".formatted(title(isPromoted, standing.getRun())));
            measure(version, home, standing.getGenotype(), reasons, numbers);
        }
    }

    private static String title(boolean isPromoted, String run) {
        return isPromoted
                ? "the champion, of run %s,".formatted(run)
                : "the last cell found, that of run %s, which no verdict has promoted,".formatted(run);
    }

    private Optional<String> isDueByCount(VersionSeen version) {
        var every = order.getPolicy().getSearchEvery();
        return decisions
                .lastSearch()
                .flatMap(last -> versions.of(order.getDataset(), last.getVersion()))
                .filter(last -> every > 0 && version.getPlace() - last.getPlace() >= every)
                .map(last ->
                        "it is the %s version since version %s was searched on, and the order has every %s searched on"
                                .formatted(nth(version.getPlace() - last.getPlace()), nameOf(last), nth(every)));
    }

    /** Where the champion's cell was never measured under these settings, it is on its own version too: the first forecast. */
    private void measure(
            VersionSeen version,
            Optional<VersionSeen> home,
            String genotype,
            List<String> reasons,
            Map<String, Double> numbers) {
        var wanted = new ArrayList<RunRequested>();
        wanted.add(OrderRuns.measure(order, nameOf(version), genotype));
        if (history(version, genotype).isEmpty()) {
            home.map(before -> OrderRuns.measure(order, nameOf(before), genotype))
                    .ifPresent(wanted::add);
            reasons.add("it is measured on its own version too, for a forecast");
        }
        wanted.forEach(this::ask);
        tell(version, DecisionAction.MEASURE, reasons, numbers, wanted);
    }

    /**
     * Decides once the measuring is over.
     *
     * @return false while it goes on
     */
    private boolean conclude(VersionSeen version, VersionDecided measuring) {
        var lives = measuring.getRuns().stream()
                .map(runs::life)
                .flatMap(Optional::stream)
                .toList();
        if (lives.size() < measuring.getRuns().size() || lives.stream().anyMatch(life -> !life.hasEnded())) {
            return false;
        }
        var failed = lives.stream()
                .filter(life -> life.phase() != RunPhase.SUCCEEDED)
                .findFirst();
        if (failed.isPresent()) {
            tell(
                    version,
                    DecisionAction.PASS,
                    List.of("it could not be measured: run %s %s"
                            .formatted(failed.get().run(), ended(failed.get()))),
                    Map.of(),
                    List.of());
            return true;
        }
        var here = ledger.get(OrderPlanner.MEASURED, measuring.getRuns().get(0));
        var before = here.map(result -> history(version, result.getGenotype())).orElse(List.of());
        if (here.isEmpty()) {
            return false; // Told on another topic than the run's end.
        }
        if (before.isEmpty()) {
            tell(
                    version,
                    DecisionAction.PASS,
                    List.of(
                            "the champion's own version is not there to compare with; the next version is compared with this"),
                    Map.of("measured", SeedScores.of(here.get()).spread().mean()),
                    List.of());
            return true;
        }
        var forecast = Forecast.of(before, SeedScores.of(here.get()), order.getPolicy());
        var numbers = new TreeMap<>(Map.of(
                "measured", forecast.measured(),
                "forecast", forecast.forecast(),
                "allowed", forecast.allowed(),
                "standardError", forecast.error()));
        var reasons = new ArrayList<String>(List.of(forecast.line()));
        if (forecast.fallenBehind()) {
            search(version, reasons, numbers);
        } else {
            tell(version, DecisionAction.KEEP, reasons, numbers, List.of());
        }
        return true;
    }

    private static String ended(RunLife life) {
        var how = life.phase().name().toLowerCase(Locale.ROOT);
        return life.reason().isBlank() ? how : how + ", " + life.reason();
    }

    /** What the cell came to, under the same settings and seeds, on the other versions that the order has measured it on. */
    private List<SeedScores> history(VersionSeen version, String genotype) {
        return decisions.runs().stream()
                .flatMap(run -> ledger.get(OrderPlanner.MEASURED, run).stream())
                .filter(result -> result.getGenotype().equals(genotype))
                .filter(result -> runs.request(result.getRun())
                        .filter(request -> !request.getDatasetVersion().equals(nameOf(version)))
                        .filter(this::isAskedForAlike)
                        .isPresent())
                .map(SeedScores::of)
                .toList();
    }

    /** True if the order would ask for the same now, and not with other settings or seeds. */
    private boolean isAskedForAlike(RunRequested request) {
        return OrderRuns.measure(order, request.getDatasetVersion(), request.getGenotype())
                .getRun()
                .equals(request.getRun());
    }

    private void searchIfAsked() {
        var asked = order.getSearchesAsked();
        var mark = "searchAsked/%s/%d".formatted(order.getOrder(), asked);
        if (asked == 0 || ledger.marked(mark)) {
            return;
        }
        var all = versions.of(order.getDataset());
        if (all.isEmpty() || isOutOfBudget() || !ledger.mark(mark)) {
            return;
        }
        var newest = all.get(all.size() - 1);
        if (decisions.of(newest, DecisionAction.SEARCH).isEmpty()) {
            search(newest, List.of("somebody asked for it"), Map.of());
        }
    }

    private void search(VersionSeen version, List<String> reasons, Map<String, Double> numbers) {
        var wanted = OrderRuns.search(order, nameOf(version));
        ask(wanted);
        tell(version, DecisionAction.SEARCH, reasons, numbers, List.of(wanted));
    }

    private void ask(RunRequested wanted) {
        var life = runs.life(wanted.getRun());
        if (life.isEmpty() || life.get().mayBeginAgain()) {
            var epoch = life.map(RunLife::epoch).orElse(0) + 1;
            var request = RunRequested.newBuilder(wanted).setRequestEpoch(epoch).build();
            outbox.send(Topics.RUNS, request.getRun(), request, request.getRun());
            // Known before it is heard, so that an earlier epoch's end is not taken for this one's.
            runs.take(new Fact(Topics.RUNS, request.getRun(), request, "", now));
        }
    }

    /** Told once for a version in a month, and again if the budget has been changed without being enough. */
    private void defer(VersionSeen version) {
        if (ledger.mark(
                "deferred/%s/%s/%s/%s".formatted(order.getOrder(), nameOf(version), Spending.month(now), budget))) {
            tell(
                    version,
                    DecisionAction.DEFER,
                    List.of(String.format(
                            Locale.ROOT,
                            "the order has spent %.0f of the %.0f device seconds that it has a month; raise its budget, or it goes"
                                    + " on next month",
                            spentInMonth(),
                            budget)),
                    Map.of("spentInMonth", spentInMonth(), "budget", budget),
                    List.of());
        }
    }

    /** Runs that go on are paused, with their checkpoints, while the budget is spent. */
    private void keepWithinBudget() {
        var isOut = isOutOfBudget();
        if (!isOut && ledger.marks(PAUSED_BY_BUDGET.formatted(order.getOrder())).isEmpty()) {
            return;
        }
        for (var run : decisions.runs()) {
            runs.life(run).filter(life -> !life.hasEnded()).ifPresent(life -> {
                var mark = PAUSED_BY_BUDGET.formatted(order.getOrder()) + "%s/%d".formatted(run, life.epoch());
                if (isOut && life.phase() == RunPhase.LIVE && ledger.mark(mark)) {
                    var reason = String.format(
                            Locale.ROOT,
                            "order %s has spent its budget of %.0f device seconds a month",
                            order.getOrder(),
                            budget);
                    outbox.send(Topics.RUNS, run, new RunPaused(run, reason, life.epoch()), run);
                } else if (!isOut && ledger.marked(mark)) {
                    ledger.unmark(mark);
                    outbox.send(
                            Topics.RUNS,
                            run,
                            new RunResumed(run, "order %s has budget again".formatted(order.getOrder()), life.epoch()),
                            run);
                }
            });
        }
    }

    private boolean isOutOfBudget() {
        return budget > 0 && spentInMonth() >= budget;
    }

    private double spentInMonth() {
        return spending.inMonthOf(now, decisions.runs());
    }

    private boolean isSearching() {
        return decisions
                .lastSearch()
                .filter(last -> last.getRuns().stream()
                        .anyMatch(
                                run -> runs.life(run).filter(RunLife::hasEnded).isEmpty()))
                .isPresent();
    }

    private void tell(
            VersionSeen version,
            DecisionAction action,
            List<String> reasons,
            Map<String, Double> numbers,
            Collection<RunRequested> begun) {
        var isSettled = decisions.isSettled(version); // What was spent was told with the last word on it.
        var spent = decisions
                .of(version, DecisionAction.MEASURE)
                .filter(measuring -> !isSettled)
                .map(measuring -> spending.by(measuring.getRuns()))
                .orElse(0.0);
        var answered = due.filter(at -> isSettled || isAnswer(action));
        var told = Stream.concat(answered.map(Look::dueReason).stream(), reasons.stream());
        var decided = new VersionDecided(
                order.getOrder(),
                order.getDataset(),
                nameOf(version),
                action,
                told.map(OneLine::reason).collect(Collectors.toCollection(ArrayList::new)),
                numbers,
                begun.stream().map(RunRequested::getRun).collect(Collectors.toCollection(ArrayList::new)),
                spent,
                action == DecisionAction.KEEP ? saved(spent) : 0.0,
                answered.map(Instant::toString).orElse(null));
        decisions.take(decided);
        outbox.send(
                Topics.DECISIONS,
                order.getDataset() + "@" + nameOf(version),
                decided,
                begun.stream().findFirst().map(RunRequested::getRun).orElse(""));
    }

    /** Whether a due time is answered by it; a version that was overtaken or deferred leaves it open. */
    private static boolean isAnswer(DecisionAction action) {
        return switch (action) {
            case MEASURE, SEARCH, KEEP -> true;
            case PASS, DEFER, UNKNOWN -> false;
        };
    }

    /** By not searching: what the last search cost, less what was spent to know that none is needed. */
    private double saved(double spent) {
        return decisions
                .lastSearch()
                .map(last -> Math.max(0, spending.by(last.getRuns()) - spent))
                .orElse(0.0);
    }

    private static String nameOf(VersionSeen version) {
        return version.getPublished().getVersion();
    }

    private static String nth(int n) {
        var tens = n % 100;
        var suffix = tens >= 11 && tens <= 13
                ? "th"
                : switch (n % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return n + suffix;
    }
}
