package io.dartboard.search.order;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.JobSpent;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Table;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * What runs have cost in device seconds, by what their jobs tell. A job that several runs want is counted once, for the run
 * that asked for it first.
 */
final class Spending {
    private static final Table<JobSpent> SPENT = Table.of(JobSpent.class);

    private final Ledger ledger;

    Spending(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Takes what an event says of a job's cost; others tell it nothing.
     *
     * @return the run whose cost that is
     */
    Optional<String> take(SpecificRecord event, Instant told) {
        if (event instanceof AlphaCheckpointed checkpointed) {
            return take(checkpointed.getSearch(), checkpointed.getRun(), checkpointed.getDeviceSeconds(), told);
        } else if (event instanceof GenotypeRetrained retrained) {
            return take(retrained.getJob(), retrained.getRun(), retrained.getDeviceSeconds(), told);
        } else if (event instanceof GenotypeTransferred transferred) {
            return take(transferred.getJob(), transferred.getRun(), transferred.getDeviceSeconds(), told);
        }
        return Optional.empty();
    }

    private Optional<String> take(String job, String run, double seconds, Instant told) {
        var first = ledger.marks(spender(job)).stream().findFirst().orElse(run);
        ledger.mark(spender(job) + first);
        var key = jobsOf(first) + job;
        if (ledger.get(SPENT, key)
                .filter(spent -> spent.getDeviceSeconds() >= seconds)
                .isEmpty()) {
            ledger.put(SPENT, key, new JobSpent(job, first, seconds, told.toEpochMilli()));
            ledger.mark(spentIn(month(told)) + first);
        }
        return Optional.of(first);
    }

    /** By these runs, at any time. */
    double by(Collection<String> runs) {
        return jobs(runs).mapToDouble(JobSpent::getDeviceSeconds).sum();
    }

    /** By the jobs of these runs that were last heard of in the calendar month (UTC) of a time. */
    double inMonthOf(Instant now, Collection<String> runs) {
        if (ledger.mark("spentByMonth")) {
            // A ledger of before there was this index, without which a look would go through all that was ever spent.
            ledger.all(SPENT)
                    .forEach(
                            spent -> ledger.mark(spentIn(month(Instant.ofEpochMilli(spent.getAt()))) + spent.getRun()));
        }
        var month = month(now);
        var spenders = new HashSet<>(ledger.marks(spentIn(month)));
        spenders.retainAll(runs);
        return jobs(spenders)
                .filter(spent -> month(Instant.ofEpochMilli(spent.getAt())).equals(month))
                .mapToDouble(JobSpent::getDeviceSeconds)
                .sum();
    }

    private Stream<JobSpent> jobs(Collection<String> runs) {
        return runs.stream().flatMap(run -> ledger.all(SPENT, jobsOf(run)).stream());
    }

    private static String jobsOf(String run) {
        return run + "/";
    }

    private static String spentIn(YearMonth month) {
        return "spentIn/%s/".formatted(month);
    }

    private static String spender(String job) {
        return "spender/%s/".formatted(job);
    }

    static YearMonth month(Instant time) {
        return YearMonth.from(time.atZone(ZoneOffset.UTC));
    }
}
