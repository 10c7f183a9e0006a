package io.dartboard.nas.image.data;

import io.dartboard.nas.data.ContentDigest;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.InvalidDatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A labelled set of photographs: {@code train/<class>/*.jpg|png} and {@code val/<class>/...} in a folder, or in a
 * {@code .tar.gz} of one. Classes are the folder names in order.
 *
 * <p>{@link #read} decodes every file once, which is what is due before a set is published: files that cannot be decoded
 * are left out and named; more than one in twenty means that the set itself is broken. {@link #open} lists the files of a
 * set that has been read before; what has decayed since shows while it is used ({@link CorruptImages}).
 *
 * @param classNames the classes in label order
 * @param train the training photographs
 * @param valid the validation photographs
 * @param corrupt the files left out, each with the reason
 * @param digest SHA-256 over names and contents of all files, hexadecimal; the same for the same content, however packed
 */
public record ImageFolder(
        List<String> classNames, List<Photo> train, List<Photo> valid, List<String> corrupt, String digest) {

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
        List<String> classes = classes(source, root);
        List<String> corrupt = new ArrayList<>();
        ContentDigest digest = new ContentDigest("image-folder/1");
        List<Photo> train = checked(root, photos(root, TRAIN, classes, () -> {}), corrupt, digest);
        List<Photo> valid = checked(root, photos(root, VALID, classes, () -> {}), corrupt, digest);
        int all = train.size() + valid.size() + corrupt.size();
        if (CorruptImages.tooMany(corrupt.size(), all)) {
            throw new InvalidDatasetException(source + ": " + corrupt.size() + " of " + all
                    + " images cannot be decoded, more than 5 %; the first is " + corrupt.get(0));
        }
        return new ImageFolder(classes, train, valid, corrupt, digest.hex());
    }

    /**
     * Opens a set that has been read before, in a time that hardly depends on its size: lists its files and decodes none.
     *
     * @param folder the unpacked set
     * @param digest the digest that reading it has given
     * @param goesOn run before each class; what it throws ends the opening
     * @throws InvalidDatasetException if a part is missing or empty, or the two parts differ in classes
     */
    public static ImageFolder open(Path folder, String digest, Runnable goesOn) throws IOException {
        Path root = findRoot(folder, folder);
        List<String> classes = classes(folder, root);
        return new ImageFolder(
                classes, photos(root, TRAIN, classes, goesOn), photos(root, VALID, classes, goesOn), List.of(), digest);
    }

    /**
     * Notes the photographs that turn out to be corrupt while the set is used; none so far.
     *
     * @param listener told of each file once, by whichever thread has met it
     */
    public CorruptImages corruptToldTo(Consumer<Path> listener) {
        return new CorruptImages(train.size() + valid.size(), listener);
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

    private static List<String> classes(Path source, Path root) throws IOException {
        List<String> classes = folders(root, TRAIN);
        List<String> validClasses = folders(root, VALID);
        if (!classes.equals(validClasses)) {
            throw new InvalidDatasetException(
                    source + " has classes " + classes + " under train but " + validClasses + " under val");
        }
        if (classes.size() < 2) {
            throw new InvalidDatasetException(
                    source + " must have at least 2 classes under train (was " + classes + ")");
        }
        return classes;
    }

    private static List<String> folders(Path root, String part) throws IOException {
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

    private static List<Photo> photos(Path root, String part, List<String> classes, Runnable goesOn)
            throws IOException {
        List<Photo> candidates = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            goesOn.run();
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
        return candidates;
    }

    private static List<Photo> checked(Path root, List<Photo> candidates, List<String> corrupt, ContentDigest digest) {
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
            byte[] bytes;
            try {
                bytes = Files.readAllBytes(file);
            } catch (IOException e) {
                return new Check("unreadable", "cannot be read: " + e.getMessage());
            }
            ContentDigest content = new ContentDigest("file");
            content.bytes(bytes);
            try (PhotoReader photo = PhotoReader.of(bytes)) {
                photo.read();
                return new Check(content.hex(), "");
            } catch (IOException e) {
                return new Check(content.hex(), CorruptImages.reason(e));
            }
        }
    }
}
