package io.dartboard.nas.natives;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Libraries that are loaded so that others find them: the system's loader takes the one that is there for whoever asks for
 * its name, wherever its file lies. No search path is needed, which a running process could not change.
 */
final class HeldLibraries {
    /** Resolve on first use, and show the names to nobody but who asks for the library. */
    private static final int LAZY_AND_LOCAL = 1;

    /** For the life of the process: JNA closes a library that nobody holds. */
    private static final List<NativeLibrary> HELD = new ArrayList<>();

    private HeldLibraries() {}

    /**
     * Loads files in their order, each after what it needs.
     *
     * @throws NativesException if one does not load, with what it lacks
     */
    static synchronized void load(List<Path> files, NativeBuild build) {
        Map<String, Object> options = Map.of(Library.OPTION_OPEN_FLAGS, LAZY_AND_LOCAL);
        for (Path file : files) {
            try {
                HELD.add(NativeLibrary.getInstance(file.toString(), options));
            } catch (UnsatisfiedLinkError e) {
                throw new NativesException(LinkTrouble.ofLoading(e, build), e);
            }
        }
    }
}
