package io.dartboard.bench;

import ai.djl.Device;
import java.util.List;

/** Names a {@link Subject} so that another process can make it as well. */
sealed interface Spec permits SearchSpec, TrainSpec, RecurrentSearchSpec, RecurrentTrainSpec {
    /** Makes it on a device. */
    Subject open(Device device);

    /** How the network is computed. */
    Network network();

    /** What is measured, in a few words. */
    String title();

    /** How much a step sees. */
    int examples();

    /** What that is a number of. */
    String unit();

    /** The same with a batch so small that recording its operations needs little memory. */
    Spec small();

    /** What {@link #parse} makes it of. */
    List<String> arguments();

    /** The subject of arguments. */
    static Spec parse(List<String> arguments) {
        List<String> rest = arguments.subList(1, arguments.size());
        return switch (arguments.get(0)) {
            case SearchSpec.KIND -> SearchSpec.of(rest);
            case TrainSpec.KIND -> TrainSpec.of(rest);
            case RecurrentSearchSpec.KIND -> RecurrentSearchSpec.of(rest);
            case RecurrentTrainSpec.KIND -> RecurrentTrainSpec.of(rest);
            default -> throw new IllegalArgumentException("nothing to measure is called " + arguments.get(0));
        };
    }
}
