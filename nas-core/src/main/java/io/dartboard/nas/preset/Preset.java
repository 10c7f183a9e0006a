package io.dartboard.nas.preset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A recipe with a name.
 *
 * @param name stable name that requests carry
 * @param recipe what it is a recipe for
 * @param space id of the search space whose cells are searched or trained: it says whether images or a text are trained on
 * @param source the paper's section and what it is there
 * @param values every value under the name by which a run's file overrides it, in reading order: texts, whole and broken
 *     numbers
 */
public record Preset(String name, Recipe recipe, String space, String source, Map<String, Object> values) {
    public Preset {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * A whole number among the values.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public int number(String value) {
        if (values.get(value) instanceof Integer number) {
            return number;
        }
        throw new IllegalArgumentException("preset %s has no whole number '%s'".formatted(name, value));
    }
}
