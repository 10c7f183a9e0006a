package io.dartboard.nas.provenance;

/**
 * What a result was computed on. Equal inputs give bit-equal results on one platform; between platforms they agree only
 * up to rounding, so a result says where it was made.
 *
 * @param java runtime and its version
 * @param os operating system and its version
 * @param arch processor architecture
 * @param engine tensor engine and its version
 * @param device device the tensors lived on, such as {@code cpu} or {@code gpu(0)}
 */
public record Platform(String java, String os, String arch, String engine, String device) {

    /** This process's platform, with the engine and device that only the caller knows. */
    public static Platform current(String engine, String device) {
        return new Platform(
                property("java.vm.name") + " " + property("java.runtime.version"),
                property("os.name") + " " + property("os.version"),
                property("os.arch"),
                engine,
                device);
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
