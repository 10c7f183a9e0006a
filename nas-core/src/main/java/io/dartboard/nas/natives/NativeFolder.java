package io.dartboard.nas.natives;

import io.dartboard.nas.natives.NativeParts.Part;
import io.dartboard.nas.provenance.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native libraries of a build as files, unpacked once per machine. Each file's digest is checked while it is written,
 * and the folder gets its name only once all of them are there, so that a folder with the name is whole. Processes that
 * start together wait for the first of them.
 */
final class NativeFolder {
    private static final Logger LOG = LoggerFactory.getLogger(NativeFolder.class);
    private static final String UNFINISHED = "unpacking-";

    private final Path folder;

    private NativeFolder(Path folder) {
        this.folder = folder;
    }

    /** Where DJL finds PyTorch's own. */
    Path torch() {
        return folder.resolve("torch");
    }

    /** Where NVIDIA's lie. */
    Path cuda() {
        return folder.resolve("cuda");
    }

    /** A part as a file. */
    Path file(Part part) {
        return place(folder, part);
    }

    /**
     * The folder of these parts, unpacked if it is not there yet.
     *
     * @param root of all such folders; made if it is not there
     * @param name what the parts are, in front of their id
     * @throws NativesException if a part is missing or damaged, or there is no space or permission
     */
    static NativeFolder unpacked(NativeParts parts, ClassLoader classPath, Path root, String name) {
        Path folder = root.resolve(name + "-" + parts.id());
        if (whole(folder, parts)) {
            return new NativeFolder(folder);
        }
        try {
            Files.createDirectories(root);
            try (FileChannel channel = FileChannel.open(
                            root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid() && !whole(folder, parts)) {
                    delete(folder);
                    unpack(parts, classPath, root, folder);
                }
            }
        } catch (AccessDeniedException | ReadOnlyFileSystemException e) {
            throw new NativesException(
                    "the native libraries cannot be unpacked to %s: it may not be written to; set DJL_CACHE_DIR to a folder that may"
                            .formatted(root),
                    e);
        } catch (IOException e) {
            throw new NativesException(
                    "the native libraries cannot be unpacked to %s: %s; they take %d MB there, or in the folder that DJL_CACHE_DIR names"
                            .formatted(root, said(e), megabytes(parts)),
                    e);
        }
        return new NativeFolder(folder);
    }

    /** Whole by its name; a file that was lost or cut since is noticed. */
    private static boolean whole(Path folder, NativeParts parts) {
        return parts.parts().stream().allMatch(part -> {
            try {
                return Files.size(place(folder, part)) == part.bytes();
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static void unpack(NativeParts parts, ClassLoader classPath, Path root, Path folder) throws IOException {
        deleteUnfinished(root);
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < parts.bytes()) {
            throw new NativesException(
                    "the native libraries take %d MB and %s has %d MB left: make room, or set DJL_CACHE_DIR to a folder on another disk"
                            .formatted(megabytes(parts), root, free / 1_000_000));
        }
        LOG.info("Unpacking the native libraries, {} MB, to {}; once on this machine", megabytes(parts), folder);
        Path unfinished = Files.createTempDirectory(root, UNFINISHED);
        Map<String, Path> written = new HashMap<>();
        for (Part part : parts.parts()) {
            Path file = place(unfinished, part);
            Files.createDirectories(file.getParent());
            Path same = written.putIfAbsent(part.digest(), file);
            if (same == null || !linked(file, same)) {
                copy(part, classPath, file);
            }
        }
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** PyTorch and NVIDIA bring the same library under two names: as one file it is loaded once. */
    private static boolean linked(Path file, Path same) {
        try {
            Files.createLink(file, same);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static void copy(Part part, ClassLoader classPath, Path file) throws IOException {
        try (InputStream stream = classPath.getResourceAsStream(part.resource())) {
            if (stream == null) {
                throw new NativesException(
                        "%s is not on the class path: the build is not whole; build again (mvn clean package with the same profile)"
                                .formatted(part.resource()));
            }
            DigestInputStream digested = new DigestInputStream(stream, Digests.newSha256());
            try (OutputStream out = Files.newOutputStream(file)) {
                digested.transferTo(out);
            }
            String digest = HexFormat.of().formatHex(digested.getMessageDigest().digest());
            if (!digest.equals(part.digest())) {
                throw new NativesException(
                        "%s is not the file that this build was made for (SHA-256 %s, wants %s): delete its jar from the local Maven repository and build again"
                                .formatted(part.resource(), digest, part.digest()));
            }
        }
    }

    /** Who was killed while unpacking has left its folder; whoever holds the lock may clear it away. */
    private static void deleteUnfinished(Path root) throws IOException {
        List<Path> left;
        try (Stream<Path> paths = Files.list(root)) {
            left = paths.filter(path -> path.getFileName().toString().startsWith(UNFINISHED))
                    .toList();
        }
        for (Path path : left) {
            delete(path);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    private static Path place(Path folder, Part part) {
        return folder.resolve(part.torch() ? "torch" : "cuda").resolve(part.name());
    }

    private static long megabytes(NativeParts parts) {
        return parts.bytes() / 1_000_000;
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
