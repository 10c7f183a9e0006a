package io.dartboard.eval;

import io.dartboard.eval.CellChoice.Compared;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunRequested;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.run.RunBook;
import io.dartboard.schemas.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Cells among which one is chosen, each distinct one of which is retrained briefly with the run's first evaluation seed. Where
 * they race, some are given up on the way ({@link RacePlanner}), which is told ({@link RetrainingStopped}) and obeyed from then on.
 */
final class SelectionPlanner {
    private final RunRequested request;
    private final DatasetPublished dataset;
    private final RetrainingBook retrainings;
    private final Ledger ledger;
    private final Outbox outbox;
    private final RunBook runs;
    private final RaceBook race;

    SelectionPlanner(RunRequested request, DatasetPublished dataset, Ledger ledger, Outbox outbox) {
        this.request = request;
        this.dataset = dataset;
        this.retrainings = new RetrainingBook(request, dataset, ledger, outbox);
        this.ledger = ledger;
        this.outbox = outbox;
        this.runs = new RunBook(ledger);
        this.race = new RaceBook(ledger);
    }

    /** What all have come to; empty until they are done. */
    Optional<List<Compared>> all(List<Contender> contenders, Origin origin) {
        return compared(contenders, entries(contenders, origin, job -> false));
    }

    /**
     * What those have come to that were not given up; empty until they are done.
     *
     * @param isLook whether more may be given up now
     */
    Optional<List<Compared>> raced(List<Contender> contenders, Origin origin, boolean isLook) {
        race.begin(request.getRun());
        var entries = entries(contenders, origin, job -> race.isStopped(request.getRun(), job));
        entries.values().stream().filter(entry -> entry.result().isEmpty()).forEach(entry -> race.enter(entry.job()));
        if (isLook) {
            var cells =
                    (int) contenders.stream().map(Contender::hash).distinct().count();
            stop(List.copyOf(entries.values()), cells).forEach(entries::remove);
        }
        return compared(contenders, entries);
    }

    /** Those that are not given up, by the hash of their cell; what is not done is asked for. */
    private Map<String, RacePlanner.Entry> entries(
            List<Contender> contenders, Origin origin, Predicate<String> isGivenUp) {
        var seed = request.getEvaluationSeeds().get(0);
        var entries = new LinkedHashMap<String, RacePlanner.Entry>();
        for (var contender : contenders) {
            var job = retrainings.job(
                    RetrainingBook.Wanted.brief(request, origin, contender.search(), contender.genotype()), seed);
            var standing = retrainings.standing(job).getJob();
            if (!entries.containsKey(contender.hash()) && !isGivenUp.test(standing)) {
                entries.put(
                        contender.hash(),
                        new RacePlanner.Entry(job, standing, contender.hash(), retrainings.result(job)));
            }
        }
        return entries;
    }

    private static Optional<List<Compared>> compared(
            List<Contender> contenders, Map<String, RacePlanner.Entry> entries) {
        if (entries.values().stream().anyMatch(entry -> entry.result().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(contenders.stream()
                .flatMap(contender -> Stream.ofNullable(entries.get(contender.hash()))
                        .flatMap(entry -> entry.result().stream())
                        .map(result -> new Compared(contender, result)))
                .toList());
    }

    /** Gives retrainings up and tells it; these are their cells. */
    private List<String> stop(List<RacePlanner.Entry> entries, int cells) {
        var outpaced = new RacePlanner(request, race)
                .look(
                        entries,
                        cells,
                        earlier(),
                        job -> RetrainingBook.DESK.isWantedBeside(request.getRun(), job, runs));
        for (var word : outpaced) {
            race.take(word);
            RetrainingBook.DESK.withdraw(word.getJob(), Set.of(word.getRun()), runs);
            outbox.send(Topics.STEERING, word.getJob(), word, word.getRun());
        }
        return outpaced.stream().map(RetrainingStopped::getHash).toList();
    }

    /** The last of the brief retrainings under the same settings that are done. */
    private List<GenotypeRetrained> earlier() {
        return race.alike(RaceBook.pool(request, dataset)).stream()
                .flatMap(job -> RetrainingBook.DESK.known(job, ledger).stream())
                .toList();
    }
}
