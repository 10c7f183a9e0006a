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

    private record Probed(long peak, List<String> operations) {
        static Probed of(Spec spec) {
            return new Probed(Long.parseLong(probe("peak", spec).get(0)), probe("operations", spec.small()));
        }
    }

    /**
     * Measures subjects: memory and operations in processes of their own, then time in this one, taking turns. This
     * process comes last, for it keeps what memory it has once needed.
     */
    static List<Measured> of(List<? extends Spec> specs, int rounds) {
        List<Probed> probed = new ArrayList<>();
        for (Spec spec : specs) {
            probed.add(Probed.of(spec));
        }
        List<List<Double>> seconds =
                Probe.seconds(specs.stream().map(Measured::opening).toList(), rounds);
        List<Measured> measured = new ArrayList<>();
        for (Spec spec : specs) {
            int at = measured.size();
            List<String> lines = probed.get(at).operations();
            measured.add(new Measured(
                    spec,
                    seconds.get(at),
                    probed.get(at).peak(),
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
