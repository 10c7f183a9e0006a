package io.dartboard.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What chaos came to, in numbers; the undisturbed runs are left out.
 *
 * @param faults that struck
 * @param jobsBegun jobs of which an attempt has begun
 * @param attempts that have begun
 * @param jobsFinished jobs that have a result
 * @param stepsDoneTwice as far as workers told of them
 * @param deviceSeconds of all results
 * @param secondsDoneTwice what the steps that were done twice have cost, at the mean cost of a step of their job
 * @param workerRecoveries from the kill of a worker to a sign of life of each job that it had, ascending
 * @param brokerRecoveries from the kill of the broker to the first record after, ascending
 * @param unrecovered one line for each job of a killed worker that has not lived since
 * @param busiest the jobs with most attempts, one line each
 */
record Figures(
        int faults,
        int jobsBegun,
        int attempts,
        int jobsFinished,
        long stepsDoneTwice,
        double deviceSeconds,
        double secondsDoneTwice,
        List<Duration> workerRecoveries,
        List<Duration> brokerRecoveries,
        List<String> unrecovered,
        List<String> busiest) {
    private static final int BUSIEST = 5;

    /** Attempts beyond the first of each job. */
    int redelivered() {
        return attempts - jobsBegun;
    }

    /** Share of device time that went into steps that had been done before, in percent. */
    double percentDoneTwice() {
        return deviceSeconds > 0 ? 100 * secondsDoneTwice / deviceSeconds : 0;
    }

    static Figures of(Witness witness, LeaseFiles leases, Map<FaultKind, Integer> struck, Set<String> undisturbed) {
        var recoveries = new ArrayList<Duration>();
        var ofBroker = new ArrayList<Duration>();
        var unrecovered = new ArrayList<String>();
        for (var outage : witness.outages()) {
            outage.lasted()
                    .ifPresentOrElse(
                            (outage.ofBroker() ? ofBroker : recoveries)::add,
                            () -> unrecovered.add("%s of %s".formatted(outage.job(), outage.process())));
        }
        recoveries.sort(Comparator.naturalOrder());
        ofBroker.sort(Comparator.naturalOrder());
        return witness.jobs(jobs -> of(
                jobs.stream().filter(job -> !undisturbed.contains(job.run())).toList(),
                leases,
                struck,
                recoveries,
                ofBroker,
                unrecovered));
    }

    private static Figures of(
            Collection<JobTrace> jobs,
            LeaseFiles leases,
            Map<FaultKind, Integer> struck,
            List<Duration> recoveries,
            List<Duration> ofBroker,
            List<String> unrecovered) {
        var begun = 0;
        var attempts = 0;
        var finished = 0;
        var twice = 0L;
        var seconds = 0.0;
        var secondsTwice = 0.0;
        var counted = new ArrayList<Map.Entry<Integer, String>>();
        for (var job : jobs) {
            var of = Math.max(
                    job.newest(),
                    leases.of(job.job()).map(LeaseFiles.Lease::attempts).orElse(0));
            attempts += of;
            begun += of > 0 ? 1 : 0;
            finished += job.finished() ? 1 : 0;
            twice += job.stepsDoneTwice();
            seconds += job.deviceSeconds();
            secondsTwice += job.steps() > 0 ? job.deviceSeconds() * job.stepsDoneTwice() / job.steps() : 0;
            counted.add(Map.entry(of, "%s %s %d".formatted(job.stage(), job.job(), of)));
        }
        var busiest = counted.stream()
                .sorted(Map.Entry.<Integer, String>comparingByKey().reversed())
                .limit(BUSIEST)
                .map(Map.Entry::getValue)
                .toList();
        return new Figures(
                struck.values().stream().mapToInt(Integer::intValue).sum(),
                begun,
                attempts,
                finished,
                twice,
                seconds,
                secondsTwice,
                List.copyOf(recoveries),
                List.copyOf(ofBroker),
                List.copyOf(unrecovered),
                busiest);
    }
}
