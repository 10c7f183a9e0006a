package io.dartboard.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What a step costs.
 *
 * @param seconds one figure per timed step, in the order of the rounds
 * @param peak bytes that a step needs at most
 * @param operations native operations that the step and its derivative ask for
 * @param withInner the same with those that the library asks of itself
 * @param longest the operations that take most of the time, of a small batch
 */
record Measured(Spec spec, List<Double> seconds, long peak, long operations, long withInner, List<String> longest) {

    /**
     * Measures subjects, each turn in a process of its own: what one has done to its memory must not slow the next down, and
     * a machine need not hold all of them at once. The subjects take turns, so that whatever else the machine does meets all
     * of them alike.
     */
    static List<Measured> of(List<? extends Spec> specs, int rounds) {
        List<List<Turn>> turns = new ArrayList<>();
        specs.forEach(spec -> turns.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < specs.size(); i++) {
                turns.get(i).add(Turn.parse(probe("turn", specs.get(i))));
            }
        }
        List<Measured> measured = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            List<String> operations = probe("operations", specs.get(i).small());
            measured.add(new Measured(
                    specs.get(i),
                    turns.get(i).stream()
                            .flatMap(turn -> turn.seconds().stream())
                            .toList(),
                    turns.get(i).stream().mapToLong(Turn::peak).max().orElseThrow(),
                    Long.parseLong(operations.get(0)),
                    Long.parseLong(operations.get(1)),
                    operations.subList(2, operations.size())));
        }
        return measured;
    }

    private static List<String> probe(String what, Spec spec) {
        List<String> arguments = new ArrayList<>(List.of(what, "cpu", Double.toString(Probe.SECONDS)));
        arguments.addAll(spec.arguments());
        return FreshProcess.run(SpecProbe.class, arguments);
    }
}
