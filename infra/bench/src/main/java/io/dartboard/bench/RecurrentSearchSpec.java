package io.dartboard.bench;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;

/** A step of a search for a recurrent cell. */
record RecurrentSearchSpec(Network network, Order order, TextSizes sizes) implements Spec {
    static final String KIND = "rnn-search";

    static RecurrentSearchSpec of(List<String> arguments) {
        return new RecurrentSearchSpec(
                Network.valueOf(arguments.get(0)),
                Order.valueOf(arguments.get(1)),
                TextSizes.of(arguments.subList(2, arguments.size())));
    }

    @Override
    public Subject open(Device device) {
        return new RecurrentSearchSubject(device, this);
    }

    @Override
    public String title() {
        return order.title;
    }

    @Override
    public int examples() {
        return sizes.tokens();
    }

    @Override
    public String unit() {
        return "tokens";
    }

    @Override
    public Spec small() {
        return new RecurrentSearchSpec(network, order, sizes.small());
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(KIND, network.name(), order.name()));
        arguments.addAll(sizes.arguments());
        return arguments;
    }
}
