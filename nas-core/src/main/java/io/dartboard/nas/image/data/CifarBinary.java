package io.dartboard.nas.image.data;

import io.dartboard.nas.data.ContentDigest;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.InvalidDatasetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A labelled set in the CIFAR-10 binary layout: {@code data_batch_N.bin}, {@code test_batch.bin} and
 * {@code batches.meta.txt} in a folder, or the same in a {@code .tar.gz} as it is published. A record is one label byte
 * and 3,072 pixel bytes: the red, green and blue planes, row by row. Files may hold any number of records. Images of another
 * side have records of another length.
 *
 * @param train the training images, batch files in the order of their numbers
 * @param test the test images
 * @param labelNames the name of each class
 * @param digest SHA-256 over names and records, hexadecimal; the same for the same content, however it is packed
 */
public record CifarBinary(PixelImages train, PixelImages test, List<String> labelNames, String digest) {

    /** Says that the side of the images is to be found. */
    public static final int UNKNOWN = 0;

    private static final Pattern TRAIN_FILE = Pattern.compile("data_batch_([0-9]{1,6})\\.bin");
    private static final int IMAGES_BETWEEN_SIGNS = 1_000;
    static final String TEST_FILE = "test_batch.bin";
    static final String NAMES_FILE = "batches.meta.txt";

    public CifarBinary {
        labelNames = List.copyOf(labelNames);
    }

    /**
     * Reads and checks the whole set, of images whose side is found by the files.
     *
     * @param source a folder, or a {@code .tar.gz}
     * @throws InvalidDatasetException if a file is missing, unreadable, truncated or holds a label without a name
     */
    public static CifarBinary read(Path source) throws IOException {
        return read(source, UNKNOWN, bytes -> {});
    }

    /**
     * As {@link #read(Path)}.
     *
     * @param side of the images in pixels, where it is known; else {@link #UNKNOWN}
     * @param read told how many bytes of an archive have been read, after every buffer, and then again and again while they
     *     are looked through; what it throws ends the reading
     */
    public static CifarBinary read(Path source, int side, LongConsumer read) throws IOException {
        boolean archived = DatasetArchive.isArchive(source);
        Map<String, byte[]> files = archived ? fromArchive(source, read) : fromFolder(source);
        long bytes = archived ? Files.size(source) : 0;
        Runnable goesOn = () -> read.accept(bytes);
        return of(source, files, side, goesOn);
    }

    /**
     * Checks a set whose files have been read.
     *
     * @throws InvalidDatasetException as {@link #read(Path)}
     */
    public static CifarBinary of(CifarFiles files) throws InvalidDatasetException {
        return of(files.source(), files.files(), UNKNOWN, () -> {});
    }

    private static CifarBinary of(Path source, Map<String, byte[]> files, int side, Runnable goesOn)
            throws InvalidDatasetException {
        List<String> names = labelNames(source, files.get(NAMES_FILE));
        List<Map.Entry<String, byte[]>> trainFiles = files.entrySet().stream()
                .filter(file -> TRAIN_FILE.matcher(file.getKey()).matches())
                .sorted(Comparator.comparingInt(file -> number(file.getKey())))
                .toList();
        if (trainFiles.isEmpty()) {
            throw new InvalidDatasetException(source + " holds no training images: data_batch_1.bin is missing");
        }
        byte[] testFile = files.get(TEST_FILE);
        if (testFile == null) {
            throw new InvalidDatasetException(source + " holds no test images: " + TEST_FILE + " is missing");
        }
        List<Map.Entry<String, byte[]>> testFiles = List.of(Map.entry(TEST_FILE, testFile));
        CifarRecords records = side == UNKNOWN
                ? CifarRecords.of(
                        source,
                        NAMES_FILE,
                        names.size(),
                        Stream.concat(trainFiles.stream(), testFiles.stream()).toList())
                : new CifarRecords(source, NAMES_FILE, names.size(), side);
        PixelImages train = records.read(trainFiles, goesOn);
        PixelImages test = records.read(testFiles, goesOn);
        requireEveryClass(source, train, names);
        return new CifarBinary(train, test, names, digest(train, test, names, goesOn));
    }

    /** The images as they are searched on: normalised as the authors do it, until somebody says otherwise. */
    public PixelSet pixels() {
        return new PixelSet(train, test, labelNames, digest, Normalisation.CIFAR10);
    }

    private static Map<String, byte[]> fromFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InvalidDatasetException(folder + " is neither a folder nor a .tar.gz file");
        }
        Map<String, byte[]> files = new TreeMap<>();
        List<Path> paths;
        try (Stream<Path> listed = Files.list(folder)) {
            paths = listed.filter(path -> isPart(String.valueOf(path.getFileName())))
                    .toList();
        }
        for (Path path : paths) {
            try {
                files.put(String.valueOf(path.getFileName()), Files.readAllBytes(path));
            } catch (IOException e) {
                throw new InvalidDatasetException("cannot read " + path + ": " + e, e);
            }
        }
        return files;
    }

    private static Map<String, byte[]> fromArchive(Path archive, LongConsumer read) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        DatasetArchive.visit(archive, read, (path, bytes, content) -> {
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (isPart(name) && files.put(name, readFully(content)) != null) {
                throw new InvalidDatasetException(archive + " holds " + name + " twice");
            }
        });
        return files;
    }

    private static byte[] readFully(InputStream content) throws IOException {
        return content.readAllBytes();
    }

    static boolean isPart(String name) {
        return name.equals(TEST_FILE)
                || name.equals(NAMES_FILE)
                || TRAIN_FILE.matcher(name).matches();
    }

    private static int number(String trainFile) {
        Matcher matcher = TRAIN_FILE.matcher(trainFile);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static List<String> labelNames(Path source, byte @Nullable [] file) throws InvalidDatasetException {
        if (file == null) {
            throw new InvalidDatasetException(source + " does not name its classes: " + NAMES_FILE + " is missing");
        }
        List<String> names = new String(file, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (names.size() < 2 || names.size() > 256) {
            throw new InvalidDatasetException(NAMES_FILE + " in " + source
                    + " must name between 2 and 256 classes, one in a line (was " + names.size() + ")");
        }
        return names;
    }

    private static void requireEveryClass(Path source, PixelImages train, List<String> names)
            throws InvalidDatasetException {
        boolean[] seen = new boolean[names.size()];
        for (int i = 0; i < train.size(); i++) {
            seen[train.label(i)] = true;
        }
        for (int c = 0; c < seen.length; c++) {
            if (!seen[c]) {
                throw new InvalidDatasetException(NAMES_FILE + " in " + source + " names " + names.size()
                        + " classes, but no training image has label " + c + " (" + names.get(c) + ")");
            }
        }
    }

    private static String digest(PixelImages train, PixelImages test, List<String> names, Runnable goesOn) {
        ContentDigest digest = new ContentDigest("cifar-binary/1");
        names.forEach(digest::text);
        for (PixelImages part : List.of(train, test)) {
            digest.text(Integer.toString(part.size()));
            for (int i = 0; i < part.size(); i++) {
                if (i % IMAGES_BETWEEN_SIGNS == 0) {
                    goesOn.run();
                }
                digest.bytes(new byte[] {(byte) part.label(i)});
                digest.bytes(part.pixels(i));
            }
        }
        return digest.hex();
    }
}
