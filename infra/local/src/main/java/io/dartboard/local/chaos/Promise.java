package io.dartboard.local.chaos;

import java.util.List;

/**
 * What must hold after all.
 *
 * @param what was promised
 * @param broken one line for each thing that breaks it; none where it holds
 */
public record Promise(String what, List<String> broken) {
    public Promise {
        broken = List.copyOf(broken);
    }

    /** True if nothing breaks it. */
    public boolean holds() {
        return broken.isEmpty();
    }
}
