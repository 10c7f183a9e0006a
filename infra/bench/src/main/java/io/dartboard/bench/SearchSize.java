package io.dartboard.bench;

import java.util.List;

/**
 * How large a search step is.
 *
 * @param batch images of a batch
 * @param groupedBatch the batch for which the engine groups edges; the same unless fewer images stand for it
 */
record SearchSize(int channels, int cells, int side, int batch, int groupedBatch) {

    /** The same step with fewer images: the same operations on smaller arrays. */
    SearchSize withImages(int images) {
        return new SearchSize(channels, cells, side, Math.min(images, batch), groupedBatch);
    }

    List<String> arguments() {
        return List.of(
                Integer.toString(channels),
                Integer.toString(cells),
                Integer.toString(side),
                Integer.toString(batch),
                Integer.toString(groupedBatch));
    }

    static SearchSize of(List<String> arguments) {
        int[] values = arguments.stream().mapToInt(Integer::parseInt).toArray();
        return new SearchSize(values[0], values[1], values[2], values[3], values[4]);
    }
}
