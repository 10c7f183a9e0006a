package io.dartboard.nas.natives;

import com.sun.jna.NativeLibrary;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a GPU may trade for speed; both are off unless asked for, since both move the last digits of a result.
 *
 * @param tf32 whether convolutions may round their factors to ten bits of mantissa on cards that can; off, they compute in
 *     single precision as a CPU does
 * @param benchmark whether cuDNN tries its algorithms for each shape and takes the fastest; off, it takes the one that its
 *     rules name, so that a run on the same card is repeated with the same algorithms
 */
public record CudaSettings(boolean tf32, boolean benchmark) {
    /** System property of {@link #tf32}. */
    public static final String TF32 = "dartboard.cuda.tf32";
    /** System property of {@link #benchmark}. */
    public static final String BENCHMARK = "dartboard.cuda.benchmark";

    static CudaSettings of(Function<String, @Nullable String> properties) {
        return new CudaSettings(
                Boolean.parseBoolean(properties.apply(TF32)), Boolean.parseBoolean(properties.apply(BENCHMARK)));
    }

    /** Before CUDA's libraries are loaded, which read both at their start. */
    void apply() {
        if (!tf32) {
            setEnvironment("NVIDIA_TF32_OVERRIDE", "0");
        }
        System.setProperty("ai.djl.pytorch.cudnn_benchmark", Boolean.toString(benchmark));
    }

    /** For this process's native code alone: Java's copy of the environment is not changed. */
    private static void setEnvironment(String name, String value) {
        NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {name, value, 1});
    }
}
