package io.dartboard.bench;

import io.dartboard.nas.tensor.Autograd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Measures subjects in this process. */
final class Probe {
    private Probe() {}

    /**
     * Seconds of each subject's steps. The subjects take turns, so that whatever else the machine does meets all of them
     * alike; their first turn is not counted.
     *
     * @return for each subject, one figure per round
     */
    static List<List<Double>> seconds(List<Supplier<Subject>> subjects, int rounds) {
        List<Subject> open = new ArrayList<>();
        List<List<Double>> seconds = new ArrayList<>();
        try (Autograd.Mode paused = Autograd.paused()) {
            for (Supplier<Subject> subject : subjects) {
                open.add(subject.get());
                seconds.add(new ArrayList<>());
            }
            for (int round = 0; round <= rounds; round++) {
                for (int i = 0; i < open.size(); i++) {
                    long began = System.nanoTime();
                    open.get(i).step();
                    if (round > 0) {
                        seconds.get(i).add((System.nanoTime() - began) / 1e9);
                    }
                }
            }
            return seconds;
        } finally {
            open.forEach(Subject::close);
        }
    }

    /** Bytes that a process needs for one step of a subject, beside what it needs before. Meant for a fresh process. */
    static long peak(Supplier<Subject> subject) {
        try (Autograd.Mode paused = Autograd.paused();
                Subject one = subject.get()) {
            long before = ProcessMemory.resident();
            ProcessMemory.resetPeak();
            one.step();
            return ProcessMemory.peak() - before;
        }
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
