package io.dartboard.bench;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of a search for a recurrent cell.
 *
 * @param method id of the search method; the plain network knows those of DARTS alone
 */
record RecurrentSearchSpec(Network network, String method, TextSizes sizes) implements Spec {
    static final String KIND = "rnn-search";

    static RecurrentSearchSpec of(List<String> arguments) {
        return new RecurrentSearchSpec(
                Network.valueOf(arguments.get(0)),
                arguments.get(1),
                TextSizes.of(arguments.subList(2, arguments.size())));
    }

    @Override
    public Subject open(Device device) {
        return new RecurrentSearchSubject(device, this);
    }

    @Override
    public String title() {
        return Order.title(method);
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
        return new RecurrentSearchSpec(network, method, sizes.small());
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(KIND, network.name(), method));
        arguments.addAll(sizes.arguments());
        return arguments;
    }
}
