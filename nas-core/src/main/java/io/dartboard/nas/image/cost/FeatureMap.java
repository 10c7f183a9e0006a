package io.dartboard.nas.image.cost;

/**
 * Shape of an activation without its batch axis: (channels, height, width).
 *
 * @param channels of each pixel
 * @param height rows
 * @param width columns
 */
public record FeatureMap(int channels, int height, int width) {

    /** An image. */
    public static FeatureMap image(int channels, ImageSize size) {
        return new FeatureMap(channels, size.height(), size.width());
    }

    /** The shape after a layer that pads so that stride 1 keeps the size. */
    public FeatureMap through(int outputs, int stride) {
        return new FeatureMap(outputs, (height + stride - 1) / stride, (width + stride - 1) / stride);
    }

    /** The same resolution with other channels. */
    public FeatureMap withChannels(int outputs) {
        return new FeatureMap(outputs, height, width);
    }

    /** Number of pixels. */
    public long positions() {
        return (long) height * width;
    }
}
