package io.dartboard.nas.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.natives.Natives;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Where native memory comes from. A manager is a scope: whatever is made in it is freed when it closes, so each is
 * opened in a try-with-resources. An operation's result belongs to the scope of its first operand.
 */
public final class Torch {
    private static final String ENGINE = "PyTorch";

    private Torch() {}

    /**
     * Opens a root scope on a device; the caller closes it.
     *
     * @throws io.dartboard.nas.natives.NativesException if PyTorch's native libraries cannot be loaded
     */
    public static NDManager open(Device device) {
        Natives.load();
        return NDManager.newBaseManager(device, ENGINE);
    }

    /**
     * The device of a name: {@code cpu}, {@code gpu} or {@code gpuN}.
     *
     * @throws IllegalArgumentException if the name is none of these
     */
    public static Device device(String name) {
        String lower = name.toLowerCase(Locale.ROOT).strip();
        if (lower.equals("cpu")) {
            return Device.cpu();
        }
        if (lower.equals("gpu")) {
            return Device.gpu(0);
        }
        if (lower.matches("gpu\\d{1,3}")) {
            return Device.gpu(Integer.parseInt(lower.substring(3)));
        }
        throw new IllegalArgumentException(
                "device must be cpu, gpu or gpu with a number, as gpu0 (was '%s')".formatted(name));
    }

    /**
     * Applies a function to an array that nobody needs any more, and closes the array: what a derivative still needs of it
     * stays alive by itself, all else is free for the next operation.
     */
    public static NDArray consume(NDArray array, UnaryOperator<NDArray> function) {
        try (array) {
            return function.apply(array);
        }
    }

    /** Moves an array to a scope, which closes it, and returns it. */
    public static NDArray into(NDManager scope, NDArray array) {
        array.attach(scope);
        return array;
    }
}
