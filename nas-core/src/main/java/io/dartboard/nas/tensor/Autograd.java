package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.dartboard.nas.natives.Natives;
import java.util.List;

/**
 * Reverse-mode differentiation. The engine keeps its gradient mode per thread and starts it switched on, so every loop
 * says what it wants for a stretch of code: {@link #recording()} around a pass that will be differentiated,
 * {@link #paused()} around everything else. Unlike DJL's collector, any number of threads may record at once.
 */
public final class Autograd {
    private Autograd() {}

    /** A stretch of code with a gradient mode of its own; closing it restores the mode before. */
    public interface Mode extends AutoCloseable {
        @Override
        void close();
    }

    /** Records operations of this thread on tensors that need gradients. */
    public static Mode recording() {
        return mode(true);
    }

    /** Records nothing in this thread: for validation and for updates in place. */
    public static Mode paused() {
        return mode(false);
    }

    /** Whether operations of this thread are recorded. */
    public static boolean isRecording() {
        return JniUtils.isGradMode();
    }

    private static Mode mode(boolean record) {
        // Loading the engine switches recording off in the thread that does it, so it must not happen inside a mode.
        Natives.load();
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(record);
        return () -> JniUtils.setGradMode(before);
    }

    /** A leaf of a graph in a scope: it shares the memory of {@code source} and needs a gradient, which starts absent. */
    public static NDArray leaf(NDManager scope, NDArray source) {
        NDArray leaf = constant(scope, source);
        leaf.setRequiresGradient(true);
        return leaf;
    }

    /** A constant of a graph in a scope: it shares the memory of {@code source} and takes no gradient. */
    public static NDArray constant(NDManager scope, NDArray source) {
        return Torch.into(scope, source.stopGradient());
    }

    /**
     * Differentiates a loss, a single number, with respect to leaves it depends on. The graph is consumed.
     *
     * @return one gradient per leaf, of the leaf's shape and in its scope
     */
    public static List<NDArray> gradients(NDArray loss, NDArray... leaves) {
        backward(loss, loss.onesLike());
        return List.of(leaves).stream().map(NDArray::getGradient).toList();
    }

    /** As {@link #gradients} for one leaf. */
    public static NDArray gradient(NDArray loss, NDArray leaf) {
        return gradients(loss, leaf).get(0);
    }

    /**
     * Propagates an upstream gradient of an output's shape back to every leaf the output depends on, and consumes the
     * graph.
     */
    public static void backward(NDArray output, NDArray upstream) {
        JniUtils.backward((PtNDArray) output, (PtNDArray) upstream, false, false);
    }
}
