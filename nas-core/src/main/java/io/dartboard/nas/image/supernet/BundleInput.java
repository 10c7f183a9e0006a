package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.image.ops.BundledStates;
import io.dartboard.nas.tensor.Functional;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the convolutions of a bundle read in one pass: the states its edges come from, joined by channel in the order of
 * the edges. Closed when no bundle reads it any more; what a derivative needs stays alive by itself.
 */
final class BundleInput implements BundledStates, AutoCloseable {
    private enum Form {
        RECTIFIED,
        PHASES,
        EVEN,
        ODD
    }

    private final List<State> states;
    private final Map<Form, NDArray> joined = new EnumMap<>(Form.class);

    BundleInput(List<State> states) {
        this.states = List.copyOf(states);
    }

    @Override
    public boolean hasPhases() {
        return states.get(0).hasPhases();
    }

    @Override
    public NDArray rectified() {
        return join(Form.RECTIFIED, State::rectified);
    }

    @Override
    public NDArray phases() {
        return join(Form.PHASES, State::phases);
    }

    @Override
    public NDArray even() {
        return join(Form.EVEN, State::even);
    }

    @Override
    public NDArray odd() {
        return join(Form.ODD, State::odd);
    }

    private NDArray join(Form form, Function<State, NDArray> part) {
        if (states.size() == 1) {
            return part.apply(states.get(0));
        }
        return joined.computeIfAbsent(
                form, f -> Functional.concatChannels(states.stream().map(part).toList()));
    }

    @Override
    public void close() {
        joined.values().forEach(NDArray::close);
    }
}
