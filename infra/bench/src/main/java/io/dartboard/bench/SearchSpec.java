package io.dartboard.bench;

import ai.djl.Device;
import java.util.List;

/**
 * A search step.
 *
 * @param method id of the search method; the plain network knows those of DARTS alone
 * @param batch images of a batch
 * @param groupedBatch the batch for which the engine groups edges; the same unless fewer images stand for it
 */
record SearchSpec(Network network, String method, int channels, int cells, int side, int batch, int groupedBatch)
        implements Spec {
    static final String KIND = "search";
    private static final int SMALL = 16;

    SearchSpec {
        if (channels < 2 || cells < 3 || side < 8 || batch < 2) {
            throw new IllegalArgumentException(
                    "a search step needs at least 2 channels, 3 cells, a side of 8 and 2 images"
                            + " (were %d, %d, %d and %d)".formatted(channels, cells, side, batch));
        }
    }

    static SearchSpec of(List<String> arguments) {
        int[] sizes = arguments.stream().skip(2).mapToInt(Integer::parseInt).toArray();
        return new SearchSpec(
                Network.valueOf(arguments.get(0)), arguments.get(1), sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]);
    }

    @Override
    public Subject open(Device device) {
        return new SearchSubject(device, this);
    }

    @Override
    public String title() {
        return Order.title(method);
    }

    @Override
    public int examples() {
        return batch;
    }

    @Override
    public String unit() {
        return "images";
    }

    @Override
    public Spec small() {
        return new SearchSpec(network, method, channels, cells, side, Math.min(SMALL, batch), groupedBatch);
    }

    @Override
    public List<String> arguments() {
        return List.of(
                KIND,
                network.name(),
                method,
                Integer.toString(channels),
                Integer.toString(cells),
                Integer.toString(side),
                Integer.toString(batch),
                Integer.toString(groupedBatch));
    }
}
