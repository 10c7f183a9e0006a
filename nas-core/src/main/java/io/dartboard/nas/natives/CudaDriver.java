package io.dartboard.nas.natives;

import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import java.util.Optional;

/**
 * NVIDIA's driver as it says of itself, through the few functions of its library that need no context: which CUDA it can
 * serve, how many cards, and of which capability. Nothing here starts a computation.
 */
public final class CudaDriver {
    static final String LIBRARY = "libcuda.so.1";
    private static final int SUCCESS = 0;
    private static final int NO_DEVICE = 100;
    private static final int CAPABILITY_MAJOR = 75;
    private static final int CAPABILITY_MINOR = 76;

    private final NativeLibrary library;

    private CudaDriver(NativeLibrary library) {
        this.library = library;
    }

    /** The driver of this machine; empty if it has none. */
    public static Optional<CudaDriver> find() {
        return find(LIBRARY);
    }

    static Optional<CudaDriver> find(String library) {
        try {
            return Optional.of(new CudaDriver(NativeLibrary.getInstance(library)));
        } catch (UnsatisfiedLinkError e) {
            return Optional.empty();
        }
    }

    /** The newest CUDA release that it serves, times 1000 for the first number and 10 for the second: 12020 is 12.2. */
    public int version() {
        IntByReference version = new IntByReference();
        return call("cuDriverGetVersion", version) == SUCCESS ? version.getValue() : 0;
    }

    /** What is wrong with it, in a few words; empty if it works. A machine without a card is no fault of the driver. */
    public Optional<String> trouble() {
        int code = call("cuInit", 0);
        return code == SUCCESS || code == NO_DEVICE ? Optional.empty() : Optional.of("error " + code);
    }

    /** How many cards this process may use. */
    public int cards() {
        IntByReference count = new IntByReference();
        return call("cuInit", 0) == SUCCESS && call("cuDeviceGetCount", count) == SUCCESS ? count.getValue() : 0;
    }

    /** The compute capability of a card, times 10: 90 is 9.0; 0 if it does not say. */
    public int capability(int card) {
        IntByReference device = new IntByReference();
        if (call("cuDeviceGet", device, card) != SUCCESS) {
            return 0;
        }
        IntByReference major = new IntByReference();
        IntByReference minor = new IntByReference();
        boolean said = call("cuDeviceGetAttribute", major, CAPABILITY_MAJOR, device.getValue()) == SUCCESS
                && call("cuDeviceGetAttribute", minor, CAPABILITY_MINOR, device.getValue()) == SUCCESS;
        return said ? major.getValue() * 10 + minor.getValue() : 0;
    }

    /** The name of a card, as NVIDIA H100 80GB HBM3. */
    public String name(int card) {
        IntByReference device = new IntByReference();
        byte[] name = new byte[256];
        boolean said = call("cuDeviceGet", device, card) == SUCCESS
                && call("cuDeviceGetName", name, name.length, device.getValue()) == SUCCESS;
        return said ? com.sun.jna.Native.toString(name) : "unknown";
    }

    private int call(String function, Object... arguments) {
        try {
            return library.getFunction(function).invokeInt(arguments);
        } catch (UnsatisfiedLinkError e) {
            return -1; // A library of that name without that function is no driver that we know.
        }
    }
}
