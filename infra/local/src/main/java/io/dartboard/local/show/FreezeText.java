package io.dartboard.local.show;

import io.dartboard.pipeline.view.SearchView;
import java.util.Optional;

/** How much of a supernet a search has frozen, for people. */
final class FreezeText {
    private FreezeText() {}

    /** Empty where its method freezes nothing. */
    static Optional<String> line(SearchView search) {
        return search.lastCheckpoint()
                .map(checkpoint -> checkpoint.getIndicators())
                .filter(indicators -> indicators.containsKey("freezableOperations"))
                .map(indicators -> "%.0f of %.0f candidate operations were trained no further"
                        .formatted(
                                indicators.getOrDefault("frozenOperations", 0.0),
                                indicators.get("freezableOperations")));
    }
}
