package io.dartboard.nas.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A labelled set of photographs: {@code train/<class>/*.jpg|png} and {@code val/<class>/...} in a folder, or in a
 * {@code .tar.gz} of one. Classes are the folder names in order.
 *
 * <p>Every file is decoded once while the set is opened. Files that cannot be decoded are left out and named; more than
 * one in twenty means that the set itself is broken.
 *
 * @param classNames the classes in label order
 * @param train the training photographs that can be decoded
 * @param valid the validation photographs that can be decoded
 * @param corrupt the files left out, each with the reason
 * @param digest SHA-256 over names and contents of all files, hexadecimal; the same for the same content, however packed
 */
public record ImageFolder(
        List<String> classNames, List<Photo> train, List<Photo> valid, List<String> corrupt, String digest) {

    private static final double TOLERATED_CORRUPT = 0.05;
    private static final String TRAIN = "train";
    private static final String VALID = "val";

    public ImageFolder {
        classNames = List.copyOf(classNames);
        train = List.copyOf(train);
        valid = List.copyOf(valid);
        corrupt = List.copyOf(corrupt);
    }

    /** One photograph: its file and its label. */
    public record Photo(Path file, int label) {}

    /**
     * Opens and checks the whole set.
     *
     * @param source a folder, or a {@code .tar.gz}
     * @param scratch where an archive is unpacked; it must outlive every set of images made from it
     * @throws InvalidDatasetException if a part is missing or empty, the two parts differ in classes, or more than 5 % of
     *     the files are corrupt
     */
    public static ImageFolder read(Path source, Path scratch) throws IOException {
        Path root = source;
        if (DatasetArchive.isArchive(source)) {
            DatasetArchive.extract(source, scratch);
            root = scratch;
        }
        root = findRoot(source, root);
        List<String> classes = classes(root, TRAIN);
        List<String> validClasses = classes(root, VALID);
        if (!classes.equals(validClasses)) {
            throw new InvalidDatasetException(
                    source + " has classes " + classes + " under train but " + validClasses + " under val");
        }
        if (classes.size() < 2) {
            throw new InvalidDatasetException(
                    source + " must have at least 2 classes under train (was " + classes + ")");
        }
        List<String> corrupt = new ArrayList<>();
        ContentDigest digest = new ContentDigest("image-folder/1");
        List<Photo> train = photos(root, TRAIN, classes, corrupt, digest);
        List<Photo> valid = photos(root, VALID, classes, corrupt, digest);
        int all = train.size() + valid.size() + corrupt.size();
        if (corrupt.size() > TOLERATED_CORRUPT * all) {
            throw new InvalidDatasetException(source + ": " + corrupt.size() + " of " + all
                    + " images cannot be decoded, more than 5 %; the first is " + corrupt.get(0));
        }
        return new ImageFolder(classes, train, valid, corrupt, digest.hex());
    }

    /**
     * The same set with fewer training photographs: a class-balanced subset, the first photographs of each class.
     *
     * @throws IllegalArgumentException if {@code count} is not in {@code [1, train.size]}
     */
    public ImageFolder withTrainSubset(int count) {
        int[] labels = train.stream().mapToInt(Photo::label).toArray();
        List<Photo> chosen = Arrays.stream(BalancedSubset.of(labels, classNames.size(), count))
                .mapToObj(train::get)
                .toList();
        return new ImageFolder(classNames, chosen, valid, corrupt, digest);
    }

    /** The folder that holds {@code train}: the given one, or the single folder inside it, as archives have it. */
    private static Path findRoot(Path source, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InvalidDatasetException(source + " is neither a folder nor a .tar.gz file");
        }
        if (Files.isDirectory(folder.resolve(TRAIN))) {
            return folder;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            Optional<Path> nested = inside.filter(path -> Files.isDirectory(path.resolve(TRAIN)))
                    .sorted()
                    .findFirst();
            return nested.orElseThrow(() -> new InvalidDatasetException(source + " has no folder train"));
        }
    }

    private static List<String> classes(Path root, String part) throws IOException {
        Path folder = root.resolve(part);
        if (!Files.isDirectory(folder)) {
            throw new InvalidDatasetException(root + " has no folder " + part);
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isDirectory)
                    .map(path -> String.valueOf(path.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static List<Photo> photos(
            Path root, String part, List<String> classes, List<String> corrupt, ContentDigest digest)
            throws IOException {
        List<Photo> candidates = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Path folder = root.resolve(part).resolve(classes.get(label));
            int before = candidates.size();
            try (Stream<Path> inside = Files.list(folder)) {
                int of = label;
                inside.filter(Files::isRegularFile)
                        .filter(ImageFolder::isImage)
                        .sorted()
                        .forEach(file -> candidates.add(new Photo(file, of)));
            }
            if (candidates.size() == before) {
                throw new InvalidDatasetException(folder + " has no .jpg, .jpeg or .png file");
            }
        }
        List<Check> checks = IntStream.range(0, candidates.size())
                .parallel()
                .mapToObj(i -> Check.of(candidates.get(i).file()))
                .toList();
        List<Photo> good = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Path file = candidates.get(i).file();
            Check check = checks.get(i);
            digest.text(root.relativize(file).toString().replace('\\', '/') + " " + check.sha256());
            if (check.fault().isEmpty()) {
                good.add(candidates.get(i));
            } else {
                corrupt.add(root.relativize(file) + " (" + check.fault() + ")");
            }
        }
        return good;
    }

    private static boolean isImage(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
    }

    /** What one file holds: the digest of its bytes, and why it cannot be decoded, or "". */
    private record Check(String sha256, String fault) {

        static Check of(Path file) {
            ContentDigest content = new ContentDigest("file");
            try (InputStream in = Files.newInputStream(file)) {
                content.bytes(in.readAllBytes());
            } catch (IOException e) {
                return new Check("unreadable", "cannot be read: " + e.getMessage());
            }
            try {
                RgbImage.decode(file);
                return new Check(content.hex(), "");
            } catch (IOException e) {
                return new Check(content.hex(), Objects.requireNonNullElse(e.getMessage(), e.toString()));
            }
        }
    }
}
