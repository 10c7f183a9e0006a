package io.dartboard.bench;

import io.dartboard.bench.SearchSubject.Network;
import io.dartboard.bench.SearchSubject.Order;
import java.util.List;

/** One measurement of a search step in a fresh process: {@code peak|operations NETWORK ORDER size…}. */
final class SearchProbe {
    private SearchProbe() {}

    /** Prints one line for {@link SearchBench}. */
    public static void main(String[] args) {
        List<String> arguments = List.of(args);
        Network network = Network.valueOf(arguments.get(1));
        Order order = Order.valueOf(arguments.get(2));
        SearchSize size = SearchSize.of(arguments.subList(3, arguments.size()));
        switch (arguments.get(0)) {
            case "peak" -> System.out.println(Probe.peak(() -> new SearchSubject(size, network, order)));
            case "operations" -> {
                OperationCount count = Probe.operations(() -> new SearchSubject(size, network, order));
                System.out.println(count.asked() + " " + count.all());
                count.longest(12).forEach(each -> System.out.println(each.getValue() + " " + each.getKey()));
            }
            default -> throw new IllegalArgumentException("unknown measurement " + arguments.get(0));
        }
    }
}
