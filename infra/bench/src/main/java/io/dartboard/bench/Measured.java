package io.dartboard.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a step costs.
 *
 * @param seconds one figure per round
 * @param peak bytes that a step needs at most
 * @param operations native operations that the step and its derivative ask for
 * @param withInner the same with those that the library asks of itself
 * @param longest the operations that take most of the time, of a small batch
 */
record Measured(Spec spec, List<Double> seconds, long peak, long operations, long withInner, List<String> longest) {

    /** Measures subjects: time in this process, taking turns; memory and operations in processes of their own. */
    static List<Measured> of(List<? extends Spec> specs, int rounds) {
        List<List<Double>> seconds =
                Probe.seconds(specs.stream().map(Measured::opening).toList(), rounds);
        List<Measured> measured = new ArrayList<>();
        for (Spec spec : specs) {
            long peak = Long.parseLong(probe("peak", spec).get(0));
            List<String> lines = probe("operations", spec.small());
            measured.add(new Measured(
                    spec,
                    seconds.get(measured.size()),
                    peak,
                    Long.parseLong(lines.get(0)),
                    Long.parseLong(lines.get(1)),
                    lines.subList(2, lines.size())));
        }
        return measured;
    }

    private static Supplier<Subject> opening(Spec spec) {
        return spec::open;
    }

    private static List<String> probe(String what, Spec spec) {
        List<String> arguments = new ArrayList<>(List.of(what));
        arguments.addAll(spec.arguments());
        return FreshProcess.run(SpecProbe.class, arguments);
    }
}
