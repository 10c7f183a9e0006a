package io.dartboard.nas.image.supernet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The states of a cell during one pass, and what the bundles read of them. Bundles that come from the same states read the
 * same arrays. Those are closed with the cell; the states are not.
 */
final class JoinedStates implements AutoCloseable {
    private final List<State> states = new ArrayList<>();
    private final Map<List<Integer>, BundleInput> inputs = new HashMap<>(); // by the states' indices

    void add(State state) {
        states.add(state);
    }

    State get(int index) {
        return states.get(index);
    }

    /** All states from an index on. */
    List<State> from(int index) {
        return List.copyOf(states.subList(index, states.size()));
    }

    /** What the convolutions of a bundle read. */
    BundleInput input(Bundle bundle) {
        return inputs.computeIfAbsent(
                bundle.origins(),
                origins -> new BundleInput(origins.stream().map(states::get).toList()));
    }

    @Override
    public void close() {
        inputs.values().forEach(BundleInput::close);
    }
}
