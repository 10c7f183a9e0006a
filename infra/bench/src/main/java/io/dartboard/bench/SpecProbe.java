package io.dartboard.bench;

import java.util.List;

/** One measurement in a process of its own: {@code turn|operations} and the arguments of a {@link Spec}. */
final class SpecProbe {
    private static final int LONGEST = 12;

    private SpecProbe() {}

    /** Prints what {@link Measured} reads. */
    public static void main(String[] args) {
        List<String> arguments = List.of(args);
        Spec spec = Spec.parse(arguments.subList(1, arguments.size()));
        switch (arguments.get(0)) {
            case "turn" -> Probe.turn(spec::open).lines().forEach(System.out::println);
            case "operations" -> {
                OperationCount count = Probe.operations(spec::open);
                System.out.println(count.asked());
                System.out.println(count.all());
                count.longest(LONGEST).forEach(each -> System.out.printf("%.3f %s%n", each.getValue(), each.getKey()));
            }
            default -> throw new IllegalArgumentException("unknown measurement " + arguments.get(0));
        }
    }
}
