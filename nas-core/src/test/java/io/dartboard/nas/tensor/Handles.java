package io.dartboard.nas.tensor;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.Field;
import java.util.Map;

/** Counts native handles: a leak shows as one more for each step, long before the memory of the process tells. */
public final class Handles {
    private static final Field RESOURCES = resources();

    private Handles() {}

    /** Everything that a scope would still have to free: arrays, scopes within it, and all that is theirs. */
    public static int heldBy(NDManager scope) {
        int count = 0;
        for (Object resource : resourcesOf(scope).values()) {
            count += 1 + (resource instanceof NDManager inner ? heldBy(inner) : 0);
        }
        return count;
    }

    private static Map<?, ?> resourcesOf(NDManager scope) {
        try {
            return (Map<?, ?>) RESOURCES.get(scope);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    // DJL lists the arrays of a manager, but not the managers within it.
    private static Field resources() {
        try {
            Field field = BaseNDManager.class.getDeclaredField("resources");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
