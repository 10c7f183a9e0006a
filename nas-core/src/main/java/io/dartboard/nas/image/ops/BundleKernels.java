package io.dartboard.nas.image.ops;

import io.dartboard.nas.tensor.Conv2d;
import java.util.List;

/**
 * Where a candidate on the edges of a bundle registers its kernels.
 *
 * @param stride of the edges
 * @param channels of an edge
 * @param prefixes of the names of the candidate's weights, edge by edge; each ends with a dot
 * @param assembly the network that is put together
 */
public record BundleKernels(int stride, int channels, List<String> prefixes, Assembly assembly) {
    public BundleKernels {
        prefixes = List.copyOf(prefixes);
    }

    /** How many edges there are. */
    public int edges() {
        return prefixes.size();
    }

    /** A convolution of every channel by itself. */
    public Conv2d depthwise(int kernel, int stride, int dilation) {
        return Conv2d.depthwise(edges() * channels, kernel, stride, dilation);
    }

    /** A 1x1 convolution of each edge's channels among themselves. */
    public Conv2d pointwise() {
        return new Conv2d(1, 1, 0, 0, 1, edges());
    }

    /** Registers the kernels of a {@link #depthwise} convolution and returns their index. */
    public int depthwiseKernel(String name, int kernel) {
        return register(name, channels, 1, kernel, kernel);
    }

    /** Registers the kernels of a {@link #pointwise} convolution and returns their index. */
    public int pointwiseKernel(String name) {
        return register(name, channels, channels, 1, 1);
    }

    /**
     * Registers a kernel for each edge, (out, inPerGroup, height, width), and returns the index of all of them as one.
     *
     * @param name after the prefix of each edge
     */
    public int register(String name, int out, int inPerGroup, int height, int width) {
        return assembly.kernels(
                prefixes.stream().map(prefix -> prefix + name).toList(), out, inPerGroup, height, width);
    }
}
