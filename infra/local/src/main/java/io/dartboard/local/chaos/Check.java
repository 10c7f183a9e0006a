package io.dartboard.local.chaos;

import java.util.List;

/**
 * What must hold after all.
 *
 * @param promise what was promised
 * @param broken one line for each thing that breaks it; none where it holds
 */
public record Check(String promise, List<String> broken) {
    public Check {
        broken = List.copyOf(broken);
    }

    /** True if nothing breaks it. */
    public boolean holds() {
        return broken.isEmpty();
    }
}
