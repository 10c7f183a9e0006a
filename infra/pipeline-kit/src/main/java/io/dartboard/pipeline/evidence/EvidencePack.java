package io.dartboard.pipeline.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.pipeline.artifact.ArtifactDigest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * What a promotion rests on: plain files in a zip archive, and among them a manifest that has the digest of each. Equal files
 * give equal bytes.
 */
public final class EvidencePack {
    /** The file that tells of the others. */
    public static final String MANIFEST = "manifest.json";

    /** What the manifest says it is. */
    public static final String FORM = "dartboard-evidence/1";

    /** The request of the run, as its event: what a repetition asks for. */
    public static final String REQUEST = "request.avro";

    /** The version of the dataset, as its event. */
    public static final String DATASET = "dataset.avro";

    /** What each search had after each epoch: its alphas and the cell that was read off them. */
    public static final String SEARCHES = "searches.json";

    /** The run as it was judged. */
    public static final String RUN = "run.json";

    /** The cell in the authors' text form. */
    public static final String CELL = "cell.txt";

    /** The same whenever it is made. Of the first month that the form can tell the JDK writes the time zone's time, too. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode about;
    private final Map<String, byte[]> files;

    /**
     * Makes a pack.
     *
     * @param about what its manifest says beside the digests
     * @param files by name, without the manifest
     */
    public EvidencePack(ObjectNode about, Map<String, byte[]> files) {
        this.about = about.deepCopy();
        this.files = new TreeMap<>(files);
        if (files.containsKey(MANIFEST)) {
            throw new IllegalArgumentException("the manifest of a pack is made of its files");
        }
    }

    /** JSON as a file. */
    public static byte[] json(JsonNode node) {
        try {
            return (JSON.writerWithDefaultPrettyPrinter()
                                    .writeValueAsString(node)
                                    .replace("\r\n", "\n") + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the manifest says beside the digests. */
    public ObjectNode about() {
        return about.deepCopy();
    }

    /**
     * A file.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public byte[] file(String name) {
        var content = files.get(name);
        if (content == null) {
            throw new IllegalArgumentException("the pack has no %s".formatted(name));
        }
        return content.clone();
    }

    /**
     * A file that is JSON.
     *
     * @throws IllegalArgumentException if there is none of that name, or it is none
     */
    public JsonNode read(String name) {
        return tree(name, file(name));
    }

    /** The archive. Nothing in it is compressed: weights hardly can be, and every version of a library compresses otherwise. */
    public byte[] toBytes() {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            add(zip, MANIFEST, json(manifest()));
            for (var file : files.entrySet()) {
                add(zip, file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private ObjectNode manifest() {
        var manifest = JSON.createObjectNode().put("form", FORM);
        manifest.setAll(about);
        var list = manifest.putArray("files");
        files.forEach((name, content) -> list.addObject()
                .put("name", name)
                .put("sha256", ArtifactDigest.sha256(content))
                .put("bytes", content.length));
        return manifest;
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var sum = new CRC32();
        sum.update(content);
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /**
     * Reads an archive.
     *
     * @throws IllegalArgumentException with one line, if it is no pack, or a file is not the one that the manifest tells of
     */
    public static EvidencePack of(byte[] archive) {
        var files = unzipped(archive);
        var content = files.remove(MANIFEST);
        if (content == null) {
            throw new IllegalArgumentException("it is no evidence pack: it has no " + MANIFEST);
        }
        if (!(tree(MANIFEST, content) instanceof ObjectNode manifest)
                || !manifest.path("form").asText().equals(FORM)) {
            throw new IllegalArgumentException(
                    "it is no evidence pack that this version can read: its form is not " + FORM);
        }
        var told = manifest.remove("files");
        manifest.remove("form");
        for (var file : told) {
            var name = file.path("name").asText();
            var found = files.get(name);
            if (found == null
                    || !ArtifactDigest.sha256(found).equals(file.path("sha256").asText())) {
                throw new IllegalArgumentException("%s of the pack %s"
                        .formatted(name, found == null ? "is missing" : "is not the one that was packed"));
            }
        }
        if (told.size() != files.size()) {
            throw new IllegalArgumentException("the pack has files that its manifest does not tell of");
        }
        return new EvidencePack(manifest, files);
    }

    private static Map<String, byte[]> unzipped(byte[] archive) {
        var files = new TreeMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
            return files;
        } catch (IOException e) {
            throw new IllegalArgumentException("it is no whole zip archive: " + e.getMessage(), e);
        }
    }

    private static JsonNode tree(String name, byte[] content) {
        try {
            return JSON.readTree(content);
        } catch (IOException e) {
            throw new IllegalArgumentException("%s of the pack is no JSON".formatted(name), e);
        }
    }
}
