package io.dartboard.bench;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;

/** A training step of the language model of DARTS_V2. */
record RecurrentTrainSpec(Network network, TextSizes sizes) implements Spec {
    static final String KIND = "rnn-train";

    static RecurrentTrainSpec of(List<String> arguments) {
        return new RecurrentTrainSpec(
                Network.valueOf(arguments.get(0)), TextSizes.of(arguments.subList(1, arguments.size())));
    }

    @Override
    public Subject open(Device device) {
        return new RecurrentTrainSubject(device, this);
    }

    @Override
    public String title() {
        return "evaluation";
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
        return new RecurrentTrainSpec(network, sizes.small());
    }

    @Override
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(KIND, network.name()));
        arguments.addAll(sizes.arguments());
        return arguments;
    }
}
