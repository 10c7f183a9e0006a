package io.dartboard.search.order;

import io.dartboard.events.DatasetPublished;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How one version of a dataset differs from another by what was counted when they were published: examples, the smallest
 * class, and the channels' means in units of their deviation.
 *
 * @param broken why figures on the two versions cannot be compared at all; empty where they can
 * @param numbers the differences by name
 * @param line one line for people
 */
record DataChange(Optional<String> broken, Map<String, Double> numbers, String line) {

    /** From one version to another of the same dataset. */
    static DataChange between(DatasetPublished before, DatasetPublished now) {
        var numbers = new TreeMap<String, Double>();
        var words = new ArrayList<String>();
        numbers.put("trainExamples", (double) now.getTrainExamples());
        var grown =
                100.0 * (now.getTrainExamples() - before.getTrainExamples()) / Math.max(1, before.getTrainExamples());
        numbers.put("trainExamplesChangePercent", grown);
        words.add(String.format(Locale.ROOT, "%d training examples (%+.1f %%)", now.getTrainExamples(), grown));
        if (now.getSmallestClass() > 0 && before.getSmallestClass() > 0) {
            var share = share(now);
            numbers.put("smallestClassShare", share);
            numbers.put("smallestClassShareBefore", share(before));
            words.add(String.format(
                    Locale.ROOT,
                    "smallest class %.1f %% of an even share (was %.1f %%)",
                    100 * share,
                    100 * share(before)));
        }
        drift(before, now).ifPresent(drift -> {
            numbers.put("channelDrift", drift);
            words.add(String.format(Locale.ROOT, "channel means moved by up to %.2f deviations", drift));
        });
        return new DataChange(
                broken(before, now),
                numbers,
                "against version %s: %s".formatted(before.getVersion(), String.join(", ", words)));
    }

    /** Of the smallest class, where 1 is what each would have if all had the same. */
    private static double share(DatasetPublished dataset) {
        return (double) dataset.getSmallestClass() * dataset.getClasses() / Math.max(1, dataset.getTrainExamples());
    }

    /** The largest move of a channel's mean in units of its deviation before; empty where they are not told. */
    private static Optional<Double> drift(DatasetPublished before, DatasetPublished now) {
        var channels = before.getMean().size();
        if (channels == 0
                || now.getMean().size() != channels
                || before.getDeviation().size() != channels) {
            return Optional.empty();
        }
        var largest = 0.0;
        for (var channel = 0; channel < channels; channel++) {
            var deviation = Math.max(1e-6, before.getDeviation().get(channel));
            largest = Math.max(
                    largest,
                    Math.abs(now.getMean().get(channel) - before.getMean().get(channel)) / deviation);
        }
        return Optional.of(largest);
    }

    private static Optional<String> broken(DatasetPublished before, DatasetPublished now) {
        if (before.getTask() != now.getTask() || before.getChannels() != now.getChannels()) {
            return Optional.of("it is data of another kind than version " + before.getVersion());
        }
        if (before.getClasses() != now.getClasses()) {
            return Optional.of("it has %d classes or words where version %s has %d, so scores cannot be compared"
                    .formatted(now.getClasses(), before.getVersion(), before.getClasses()));
        }
        if (!List.copyOf(before.getLabels()).equals(List.copyOf(now.getLabels()))) {
            return Optional.of("its classes are not those of version %s, so scores cannot be compared"
                    .formatted(before.getVersion()));
        }
        return Optional.empty();
    }
}
