package io.dartboard.search.dataset;

import io.dartboard.nas.data.Findings;
import io.dartboard.nas.dataset.Inspection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the check of a dataset has found beside what the event tells.
 *
 * @param details examples of each class, how a search divides them, sizes: a word and what belongs to it
 * @param findings what was passed over, and why
 */
public record Found(Map<String, String> details, Findings findings) {
    static Found in(Inspection inspection) {
        return new Found(new LinkedHashMap<>(inspection.details()), inspection.findings());
    }
}
