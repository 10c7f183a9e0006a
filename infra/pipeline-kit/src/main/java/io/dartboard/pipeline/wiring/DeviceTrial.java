package io.dartboard.pipeline.wiring;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the trial of a service's devices has shown. Wrong arithmetic on one of them keeps the service from all jobs. A
 * device that is not there does so, too, unless the processor is among the devices: who names it lets it stand in.
 *
 * @param usable the devices that take jobs
 * @param trouble one line with what keeps the service from taking jobs
 * @param note one line with what it does without
 */
record DeviceTrial(Set<String> usable, Optional<String> trouble, Optional<String> note) {
    static final DeviceTrial RUNNING =
            new DeviceTrial(Set.of(), Optional.of("the self-test is running"), Optional.empty());
    private static final String PROCESSOR = "cpu";

    /** Tries each device once, however often it is named. */
    static DeviceTrial of(Machines.SelfTest selfTest, List<String> devices) {
        var usable = new LinkedHashSet<>(devices);
        Map<String, String> unusable = new LinkedHashMap<>();
        for (var device : usable) {
            var word = guarded(() -> selfTest.unusable(device), device);
            word.ifPresent(trouble -> unusable.put(device, trouble));
        }
        usable.removeAll(unusable.keySet());
        var words = unusable.entrySet().stream()
                .map(entry -> "%s cannot be used: %s".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("; "));
        if (!unusable.isEmpty() && !usable.contains(PROCESSOR)) {
            return new DeviceTrial(Set.of(), Optional.of(words), Optional.empty());
        }
        for (var device : usable) {
            var word = guarded(() -> selfTest.on(device), device);
            if (word.isPresent()) {
                return new DeviceTrial(Set.of(), word, Optional.empty());
            }
        }
        var note = unusable.isEmpty()
                ? Optional.<String>empty()
                : Optional.of("takes jobs on %s alone: %s".formatted(String.join(", ", usable), words));
        return new DeviceTrial(usable, Optional.empty(), note);
    }

    private interface Question {
        Optional<String> ask() throws Exception;
    }

    private static Optional<String> guarded(Question question, String device) {
        try {
            return question.ask();
        } catch (Exception | LinkageError e) {
            return Optional.of("on %s it ended with %s".formatted(device, e));
        }
    }
}
