package io.dartboard.nas.image.data;

import io.dartboard.nas.data.InvalidDatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A published set of photographs, unpacked: {@code train/<class>/<photograph>} and {@code val/<class>/...}. Classes are the
 * folder names in order. Every file was decoded before the set was published ({@link PhotoSurvey}); what has decayed since
 * shows while it is used ({@link CorruptImages}).
 *
 * @param classNames the classes in label order
 * @param train the training photographs
 * @param valid the validation photographs
 * @param digest of the survey, hexadecimal
 */
public record ImageFolder(List<String> classNames, List<Photo> train, List<Photo> valid, String digest) {

    private static final String TRAIN = "train";
    private static final String VALID = "val";

    public ImageFolder {
        classNames = List.copyOf(classNames);
        train = List.copyOf(train);
        valid = List.copyOf(valid);
    }

    /** One photograph: its file and its label. */
    public record Photo(Path file, int label) {}

    /**
     * Opens it, in a time that hardly depends on its size: lists its files and decodes none.
     *
     * @param folder the unpacked set
     * @param digest the digest that it was published with
     * @param goesOn run before each class; what it throws ends the opening
     * @throws InvalidDatasetException if a part is missing or empty, or the two parts differ in classes
     */
    public static ImageFolder open(Path folder, String digest, Runnable goesOn) throws IOException {
        Path root = findRoot(folder, folder);
        List<String> classes = classes(folder, root);
        return new ImageFolder(
                classes, photos(root, TRAIN, classes, goesOn), photos(root, VALID, classes, goesOn), digest);
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
        return new ImageFolder(classNames, chosen, valid, digest);
    }

    /** The folder that holds {@code train}: the given one, or the single folder inside it, as archives have it. */
    private static Path findRoot(Path source, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InvalidDatasetException(source + " is no folder");
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
                throw new InvalidDatasetException(folder + " has no photograph");
            }
        }
        return candidates;
    }

    private static boolean isImage(Path file) {
        return PhotoReader.EXTENSIONS.contains(PhotoReader.extension(String.valueOf(file.getFileName())));
    }
}
