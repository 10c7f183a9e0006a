package io.dartboard.nas.natives;

import io.dartboard.nas.provenance.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a CUDA build and no others: PyTorch's own, and of NVIDIA's those that convolutions and matrix products use.
 * The list lies on the class path beside the files, one line each: SHA-256, bytes, resource. NVIDIA's stand in the order in
 * which they are loaded, each after what it needs.
 *
 * @param id tells one list from another: what changes in it changes the id
 * @param parts in the order of the list
 */
record NativeParts(String id, List<Part> parts) {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) +(\\d{1,12}) +(\\S+)");
    private static final String TORCH = "pytorch/";

    NativeParts {
        parts = List.copyOf(parts);
    }

    /**
     * One file.
     *
     * @param digest SHA-256 in hexadecimal digits
     * @param bytes its size
     * @param resource where it lies on the class path
     */
    record Part(String digest, long bytes, String resource) {
        /** The name under which others look for it. */
        String name() {
            return resource.substring(resource.lastIndexOf('/') + 1);
        }

        /** True for one that DJL loads. */
        boolean torch() {
            return resource.startsWith(TORCH);
        }
    }

    /** What all files take on a disk, in bytes. */
    long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    /** Those that DJL does not load and whose names nobody else finds, in their order. */
    List<Part> loadedFirst() {
        return parts.stream().filter(part -> !part.torch()).toList();
    }

    /**
     * The list of a build.
     *
     * @throws NativesException if it is not on the class path or is none
     */
    static NativeParts of(NativeBuild build, ClassLoader classPath) {
        String name = "dartboard-natives/%s-%s.parts".formatted(build.flavor(), build.version());
        try (InputStream stream = classPath.getResourceAsStream(name)) {
            if (stream == null) {
                throw new NativesException(
                        "the class path holds PyTorch %s for %s and not the list of what goes with it (%s): build with -P%s"
                                .formatted(build.version(), build.flavor(), name, build.flavor()));
            }
            return parse(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new NativesException("cannot read %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    static NativeParts parse(String name, String text) {
        List<Part> parts = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new NativesException(
                        "%s, line %d: wants SHA-256, bytes and resource (was '%s')".formatted(name, i + 1, line));
            }
            parts.add(new Part(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3)));
        }
        return new NativeParts(Digests.sha256(text).substring(0, 12), parts);
    }
}
