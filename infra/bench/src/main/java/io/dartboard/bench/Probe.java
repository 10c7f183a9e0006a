package io.dartboard.bench;

import ai.djl.Device;
import io.dartboard.nas.tensor.Autograd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Measures subjects in this process. */
final class Probe {
    private static final int WARM_UP_STEPS = 1;
    private static final int TIMED_STEPS = 2;
    /** So long a subject is stepped at least, before its steps are timed and while they are. */
    static final double SECONDS = 15;

    private Probe() {}

    /**
     * What the steps of a subject cost. The first takes its memory from the machine, which is not its time: it is the one
     * whose peak counts. Some more pass until every step finds its memory where the one before has left it; those after
     * them are timed. Meant for a fresh process.
     *
     * @param seconds that the steps of each kind take at least together
     */
    static Turn turn(Device device, double seconds, Supplier<Subject> subject) {
        try (Autograd.Mode paused = Autograd.paused();
                Subject one = subject.get()) {
            Footprint footprint = Footprint.on(device);
            one.step();
            long peak = footprint.peak();
            steps(one, WARM_UP_STEPS, seconds);
            return new Turn(peak, steps(one, TIMED_STEPS, seconds));
        }
    }

    /** Takes at least so many steps, and more where they are short. */
    private static List<Double> steps(Subject subject, int least, double atLeast) {
        List<Double> seconds = new ArrayList<>();
        double sum = 0;
        while (seconds.size() < least || sum < atLeast) {
            long began = System.nanoTime();
            subject.step();
            seconds.add((System.nanoTime() - began) / 1e9);
            sum += seconds.get(seconds.size() - 1);
        }
        return seconds;
    }

    /**
     * Bytes that a process holds after some steps and after many more, which should be the same.
     *
     * @return resident bytes by number of steps taken
     */
    static List<Map.Entry<Integer, Long>> resident(Supplier<Subject> subject, int steps, int samples) {
        List<Map.Entry<Integer, Long>> held = new ArrayList<>();
        try (Autograd.Mode paused = Autograd.paused();
                Subject one = subject.get()) {
            int every = Math.max(1, steps / samples);
            for (int i = 1; i <= steps; i++) {
                one.step();
                if (i % every == 0) {
                    held.add(Map.entry(i, ProcessMemory.resident()));
                }
            }
        }
        return held;
    }

    /** Operations of one step of a subject, after one that is not counted. */
    static OperationCount operations(Supplier<Subject> subject) {
        try (Autograd.Mode paused = Autograd.paused();
                Subject one = subject.get()) {
            one.step();
            return OperationCount.of(one::step);
        }
    }
}
