package io.dartboard.bench;

import ai.djl.Device;
import io.dartboard.nas.tensor.Torch;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** One measurement in a process of its own: {@code turn|operations}, the device, seconds to step at least, and the arguments of a {@link Spec}. */
final class SpecProbe {
    private static final int LONGEST = 12;

    private SpecProbe() {}

    /** Prints what {@link Measured} reads. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        List<String> arguments = List.of(args);
        Spec spec = Spec.parse(arguments.subList(3, arguments.size()));
        Device device = Torch.device(arguments.get(1));
        Supplier<Subject> subject = () -> spec.open(device);
        switch (arguments.get(0)) {
            case "turn" ->
                Probe.turn(device, Double.parseDouble(arguments.get(2)), subject)
                        .lines()
                        .forEach(System.out::println);
            case "operations" -> {
                OperationCount count = Probe.operations(subject);
                System.out.println(count.asked());
                System.out.println(count.all());
                count.longest(LONGEST).forEach(each -> System.out.printf("%.3f %s%n", each.getValue(), each.getKey()));
            }
            default -> throw new IllegalArgumentException("unknown measurement " + arguments.get(0));
        }
    }
}
