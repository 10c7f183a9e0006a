package io.dartboard.nas.natives;

import ai.djl.engine.Engine;
import ai.djl.util.Utils;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads PyTorch, once per process. A CPU build is DJL's affair. A CUDA build needs libraries of NVIDIA that PyTorch and
 * DJL's glue look for by name and that no system folder holds: they are unpacked and loaded first, each after what it
 * needs, and whoever asks for the name then gets the one that is there. Where there is no driver, the CUDA build serves as
 * a CPU build.
 *
 * <p>An operator who has set {@code PYTORCH_LIBRARY_PATH} brings the libraries; nothing is unpacked then.
 */
public final class Natives {
    private static final Logger LOG = LoggerFactory.getLogger(Natives.class);
    private static final String ENGINE = "PyTorch";
    private static final String OVERRIDE = "PYTORCH_LIBRARY_PATH";
    private static final Natives LOADED = new Natives();

    private volatile @Nullable Boolean done;
    private @Nullable NativesException failure;
    private @Nullable NativeBuild build;

    private Natives() {}

    /**
     * Loads the libraries if they are not.
     *
     * @throws NativesException if they cannot be loaded; again and in the same words on each call
     */
    public static void load() {
        if (LOADED.done == null) {
            LOADED.loadOnce();
        }
        if (LOADED.failure != null) {
            throw LOADED.failure;
        }
    }

    /** The build on the class path; empty if it is none that describes itself. */
    static Optional<NativeBuild> build() {
        return Optional.ofNullable(LOADED.build);
    }

    private synchronized void loadOnce() {
        if (done != null) {
            return;
        }
        try {
            build = NativeBuild.on(classPath())
                    .orElseThrow(() -> new NativesException(
                            "no natives of PyTorch for this machine (%s %s) on the class path: build on it, or with the profile of its platform"
                                    .formatted(System.getProperty("os.name"), System.getProperty("os.arch"))));
            if (build.cuda() && Utils.getEnvOrSystemProperty(OVERRIDE) == null) {
                prepareCuda(build);
            }
            startEngine(build);
        } catch (NativesException e) {
            failure = e;
        } finally {
            done = true;
        }
    }

    private static void startEngine(NativeBuild build) {
        try {
            Engine.getEngine(ENGINE);
        } catch (RuntimeException | LinkageError e) {
            throw new NativesException(LinkTrouble.ofLoading(e, build), e);
        }
    }

    private static void prepareCuda(NativeBuild build) {
        NativeParts parts = NativeParts.of(build, classPath());
        NativeFolder folder = NativeFolder.unpacked(
                parts,
                classPath(),
                Utils.getEngineCacheDir().resolve("dartboard"),
                build.version() + "-" + build.flavor() + "-" + build.platform());
        CudaSettings.of(System::getProperty).apply();
        List<Path> first = parts.loadedFirst().stream().map(folder::file).toList();
        HeldLibraries.load(first, build);
        // DJL asks the CUDA runtime, through JNA, whether there is a GPU.
        NativeLibrary.addSearchPath("cudart", folder.cuda().toString());
        boolean driver = CudaDriver.find().isPresent();
        if (!driver) {
            LOG.info("{}; this build computes on the CPU", LinkTrouble.NO_DRIVER);
        }
        System.setProperty(OVERRIDE, folder.torch().toString());
        System.setProperty("PYTORCH_VERSION", build.version());
        // Without a driver the CUDA glue does not load; that of the CPU does, and PyTorch's CPU half is the same.
        System.setProperty("PYTORCH_FLAVOR", driver ? build.flavor() : "cpu");
    }

    private static ClassLoader classPath() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? Natives.class.getClassLoader() : context;
    }
}
