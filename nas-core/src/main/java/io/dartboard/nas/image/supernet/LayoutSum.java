package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.ChannelsLast;
import io.dartboard.nas.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sum of images of which some come as (N, C, H, W) and some as rows (N, H, W, C). Each is a view of the other, and to
 * change a view in place would copy the whole; so what comes in one form is summed up in that form, the first array that
 * nobody else needs taking in the others.
 */
final class LayoutSum {
    private Optional<NDArray> images = Optional.empty(); // (N, C, H, W)
    private Optional<NDArray> rows = Optional.empty(); // (N, H, W, C)
    private final List<NDArray> sharedRows = new ArrayList<>(); // each (N, H, W, C)

    /** Adds images (N, C, H, W), an array of their own that no derivative reads. */
    void addImages(NDArray term) {
        images = Optional.of(images.map(sum -> takeIn(sum, term)).orElse(term));
    }

    /** Adds rows (N, H, W, C), an array of their own that no derivative reads. */
    void addRows(NDArray term) {
        rows = Optional.of(rows.map(sum -> takeIn(sum, term)).orElse(term));
    }

    /** Adds rows (N, H, W, C) that must stay as they are; their handle is closed. */
    void addSharedRows(NDArray term) {
        sharedRows.add(term);
    }

    boolean isEmpty() {
        return images.isEmpty() && rows.isEmpty() && sharedRows.isEmpty();
    }

    /** The sum of at least one term: (N, C, H, W). Takes every term's handle. */
    NDArray total() {
        sumShared();
        Optional<NDArray> fromRows = rows.map(each -> Torch.consume(each, ChannelsLast::images));
        return images.map(own -> fromRows.map(each -> takeIn(own, each)).orElse(own))
                .or(() -> fromRows)
                .orElseThrow();
    }

    /** As {@link #total()}, but as rows (N, H, W, C). */
    NDArray totalRows() {
        return images.isEmpty() && sharedRows.isEmpty()
                ? rows.orElseThrow()
                : Torch.consume(total(), ChannelsLast::rows);
    }

    private void sumShared() {
        boolean own = rows.isPresent();
        for (NDArray term : sharedRows) {
            if (rows.isPresent() && !own) {
                rows = rows.map(sum -> plus(sum, term));
                own = true;
            } else {
                addRows(term);
            }
        }
        sharedRows.clear();
    }

    private static NDArray plus(NDArray sum, NDArray term) {
        try (sum;
                term) {
            return sum.add(term);
        }
    }

    private static NDArray takeIn(NDArray sum, NDArray term) {
        try (term) {
            return sum.addi(term);
        }
    }
}
