package io.dartboard.nas.natives;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the system's loader or DJL said when a library did not load, in words that say what to do. */
final class LinkTrouble {
    static final String NO_DRIVER = "no NVIDIA driver on this machine (" + CudaDriver.LIBRARY
            + " is not found): install one, or give the container a GPU (docker: --gpus all, Kubernetes: a limit on nvidia.com/gpu)";

    private static final Pattern MISSING = Pattern.compile("([\\w.+-]+): cannot open shared object file: No such file");
    private static final Pattern UNDEFINED = Pattern.compile("undefined symbol: (\\w+)");
    private static final Pattern OLD_SYSTEM = Pattern.compile("version [`'](GLIBC(?:XX)?_[\\d.]+)' not found");
    private static final Pattern NOT_RUNNABLE = Pattern.compile("(?:failed to map segment|Operation not permitted)");

    /** A loader needs two lines to name a library; what follows is the way through its own code. */
    private static final int LINES = 3;

    private LinkTrouble() {}

    /** One line for whatever kept the libraries from loading. */
    static String ofLoading(Throwable thrown, NativeBuild build) {
        String said = said(thrown);
        Matcher missing = MISSING.matcher(said);
        if (missing.find()) {
            return missing.group(1).equals(CudaDriver.LIBRARY)
                    ? NO_DRIVER
                    : "the library %s, which PyTorch %s for %s needs, is not on this machine: build with -P%s, which brings it, or put it on LD_LIBRARY_PATH"
                            .formatted(missing.group(1), build.version(), build.flavor(), build.flavor());
        }
        Matcher undefined = UNDEFINED.matcher(said);
        if (undefined.find()) {
            return "DJL's glue and PyTorch %s for %s do not fit (undefined symbol %s): take both from one build, and delete the folder of older ones (DJL_CACHE_DIR, else ~/.djl.ai)"
                    .formatted(build.version(), build.flavor(), undefined.group(1));
        }
        Matcher old = OLD_SYSTEM.matcher(said);
        if (old.find()) {
            return "the C library of this system is older than PyTorch %s needs (%s): use a newer system or image"
                    .formatted(build.version(), old.group(1));
        }
        if (NOT_RUNNABLE.matcher(said).find()) {
            return "the folder of the native libraries may not hold programs (mounted noexec?): set DJL_CACHE_DIR to one that may; the loader said: "
                    + said;
        }
        return "PyTorch %s for %s does not load: %s".formatted(build.version(), build.flavor(), said);
    }

    /** The innermost word: what wraps it tells only the way that it took. */
    static String said(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        String said =
                message == null || message.isBlank() ? innermost.getClass().getName() : message;
        return said.lines().map(String::strip).limit(LINES).collect(Collectors.joining(" "));
    }
}
