package io.dartboard.nas.image.data;

import io.dartboard.nas.data.ArchiveWriter;
import io.dartboard.nas.data.DatasetFile;
import io.dartboard.nas.data.DatasetFiles;
import io.dartboard.nas.data.Findings;
import io.dartboard.nas.data.ForeignFiles;
import io.dartboard.nas.data.InvalidDatasetException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a set in the binary form of CIFAR-10 or CIFAR-100 as somebody brings them, as the files of the form of
 * CIFAR-10, which is the one that is published. A record of CIFAR-100 has two labels: one of twenty coarse classes, then one
 * of a hundred fine ones.
 *
 * @param source where they were brought from
 * @param files by the names that they have in CIFAR-10
 * @param findings what was passed over
 */
public record CifarFiles(Path source, Map<String, byte[]> files, Findings findings) {

    private static final int LABELS_100 = 2;
    private static final int PIXELS_100 = Pixels.bytes(ImageSide.CIFAR);
    private static final int RECORD_100 = LABELS_100 + PIXELS_100;

    /** Which label of CIFAR-100 is learned. */
    public enum Labels {
        FINE("fine_label_names.txt", 1),
        COARSE("coarse_label_names.txt", 0);

        private final String namesFile;
        private final int at;

        Labels(String namesFile, int at) {
            this.namesFile = namesFile;
            this.at = at;
        }
    }

    /**
     * Finds and reads them.
     *
     * @param labels which label of CIFAR-100 is learned; without meaning for CIFAR-10
     * @param most bytes that they may have together
     * @throws InvalidDatasetException if they are larger, a name comes twice, or a file of CIFAR-100 is missing or cut short
     * @throws IOException if this machine cannot read them
     */
    public static CifarFiles of(DatasetFiles brought, Labels labels, long most) throws IOException {
        Findings.Builder findings = new Findings.Builder();
        Map<String, DatasetFile> parts = new TreeMap<>();
        for (DatasetFile file : brought.all()) {
            if (ForeignFiles.isForeign(file.path())) {
                findings.passedOver(ForeignFiles.WHY, file.path());
            } else if (!CifarBinary.isPart(file.name()) && !isPartOf100(file.name())) {
                findings.passedOver("no part of the set", file.path());
            } else if (parts.put(file.name(), file) != null) {
                throw new InvalidDatasetException("%s holds %s twice".formatted(brought.source(), file.name()));
            }
        }
        boolean is100 = is100(parts.keySet());
        Map<String, byte[]> files = new TreeMap<>();
        long left = most;
        for (Map.Entry<String, DatasetFile> part : parts.entrySet()) {
            if (isPartOf100(part.getKey()) == is100) {
                byte[] content = part.getValue().read(left);
                left -= content.length;
                files.put(part.getKey(), content);
            } else {
                findings.passedOver("no part of the set", part.getValue().path());
            }
        }
        return new CifarFiles(
                brought.source(), is100 ? from100(brought.source(), files, labels) : files, findings.build());
    }

    /** True if some of the names are those of such a set. */
    public static boolean areLike(Collection<String> names) {
        return names.stream().anyMatch(CifarBinary::isPart) || is100(names);
    }

    /** True if the names are those of CIFAR-100, whose images have two labels each. */
    public static boolean is100(Collection<String> names) {
        return names.contains(Labels.FINE.namesFile) || names.contains(Labels.COARSE.namesFile);
    }

    private static boolean isPartOf100(String name) {
        return name.equals("train.bin")
                || name.equals("test.bin")
                || name.equals(Labels.FINE.namesFile)
                || name.equals(Labels.COARSE.namesFile);
    }

    private static Map<String, byte[]> from100(Path source, Map<String, byte[]> files, Labels labels)
            throws InvalidDatasetException {
        for (String part : new String[] {labels.namesFile, "train.bin", "test.bin"}) {
            if (!files.containsKey(part)) {
                throw new InvalidDatasetException(
                        "%s lacks a part of CIFAR-100: %s is missing".formatted(source, part));
            }
        }
        return new TreeMap<>(Map.of(
                CifarBinary.NAMES_FILE,
                files.getOrDefault(labels.namesFile, new byte[0]),
                "data_batch_1.bin",
                oneLabel(source, "train.bin", files.getOrDefault("train.bin", new byte[0]), labels),
                CifarBinary.TEST_FILE,
                oneLabel(source, "test.bin", files.getOrDefault("test.bin", new byte[0]), labels)));
    }

    private static byte[] oneLabel(Path source, String name, byte[] records, Labels labels)
            throws InvalidDatasetException {
        if (records.length % RECORD_100 != 0) {
            throw new InvalidDatasetException(
                    "%s in %s is truncated: %d bytes is not a multiple of %d, the size of a record"
                            .formatted(name, source, records.length, RECORD_100));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(records.length);
        for (int at = 0; at < records.length; at += RECORD_100) {
            out.write(records[at + labels.at]);
            out.write(records, at + LABELS_100, PIXELS_100);
        }
        return out.toByteArray();
    }

    /**
     * Packs them as a {@code .tar.gz} in the form of CIFAR-10.
     *
     * @throws IOException if the archive cannot be written
     */
    public void pack(Path archive) throws IOException {
        ArchiveWriter.pack(files, archive);
    }
}
