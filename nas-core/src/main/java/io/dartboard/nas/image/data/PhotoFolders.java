package io.dartboard.nas.image.data;

import io.dartboard.nas.data.DatasetFile;
import io.dartboard.nas.data.DatasetFiles;
import io.dartboard.nas.data.Findings;
import io.dartboard.nas.data.ForeignFiles;
import io.dartboard.nas.data.InvalidDatasetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds the photographs of a set by the paths of its files: {@code train/<class>/<photograph>} and {@code val/<class>/...},
 * where {@code valid}, {@code validation} or, for want of these, {@code test} stands for {@code val} and the whole may lie
 * in a folder of its own. Whatever else is there is passed over and told.
 */
public final class PhotoFolders {

    static final String TRAIN = "train";
    static final String VALID = "val";

    private static final List<String> TRAINS = List.of(TRAIN, "training");
    private static final List<String> HELD_OUT = List.of(VALID, "valid", "validation", "test", "testing");
    private static final int MOST_NAMED = 5;
    /** As the system sorts them, so that the order is that of the unpacked files. */
    private static final Comparator<String> BY_BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private final Path source;
    private final Findings.Builder findings = new Findings.Builder();
    private final List<String> classNames;
    private final List<Place> places = new ArrayList<>();

    /**
     * A file that may be a photograph.
     *
     * @param path below the set's folder, with the usual name of its part
     */
    record Place(String path, DatasetFile file, int label, boolean trains) {}

    private PhotoFolders(DatasetFiles files) throws InvalidDatasetException {
        this.source = files.source();
        Map<String[], DatasetFile> named = withoutForeign(files);
        String root = root(named);
        if (!root.isEmpty()) {
            findings.note("the set lies in the folder %s".formatted(root));
        }
        int depth = root.isEmpty() ? 0 : root.split("/").length;
        String train = part(named, root, depth, TRAINS)
                .orElseThrow(() -> new InvalidDatasetException(source + " has no folder train"));
        String valid = part(named, root, depth, HELD_OUT)
                .orElseThrow(() -> new InvalidDatasetException(
                        "%s has no folder val: held-out photographs lie in val/<class>/".formatted(source)));
        if (!valid.equals(VALID)) {
            findings.note("the folder %s is taken for val".formatted(valid));
        }
        SortedMap<String, List<DatasetFile>> trains = new TreeMap<>();
        SortedMap<String, List<DatasetFile>> judges = new TreeMap<>();
        SortedMap<String, List<String>> empty = new TreeMap<>();
        named.forEach((names, file) -> {
            boolean inside = names.length > depth
                    && String.join("/", Arrays.copyOf(names, depth)).equals(root);
            String part = inside ? names[depth] : "";
            if (part.equals(train)) {
                sort(names, depth, file, trains, empty);
            } else if (part.equals(valid)) {
                sort(names, depth, file, judges, empty);
            } else {
                findings.passedOver("beside %s and %s".formatted(train, valid), file.path());
            }
        });
        requireTheSame(trains.keySet(), judges.keySet(), train, valid);
        requirePictures(trains, train, empty);
        requirePictures(judges, valid, empty);
        this.classNames = List.copyOf(trains.keySet());
        add(trains, TRAIN);
        add(judges, VALID);
    }

    /**
     * Finds them.
     *
     * @throws InvalidDatasetException if a part is missing, a class has no photograph, or the two parts differ in classes
     */
    static PhotoFolders of(DatasetFiles files) throws InvalidDatasetException {
        return new PhotoFolders(files);
    }

    /** True if some paths look like those of such a set. */
    public static boolean areLike(Collection<String> paths) {
        return paths.stream().anyMatch(path -> {
            String[] names = path.split("/");
            return trainAt(names) >= 0 && names.length >= trainAt(names) + 3;
        });
    }

    /** The classes in label order. */
    List<String> classNames() {
        return classNames;
    }

    /** The candidates in label order, those that train first. */
    List<Place> places() {
        return places;
    }

    /** What has been passed over so far. */
    Findings.Builder findings() {
        return findings;
    }

    private Map<String[], DatasetFile> withoutForeign(DatasetFiles files) {
        Map<String[], DatasetFile> named = new LinkedHashMap<>();
        for (DatasetFile file : files.all()) {
            if (ForeignFiles.isForeign(file.path())) {
                findings.passedOver(ForeignFiles.WHY, file.path());
            } else {
                named.put(file.path().split("/"), file);
            }
        }
        return named;
    }

    private static int trainAt(String[] names) {
        for (int i = 0; i < names.length; i++) {
            if (TRAINS.contains(names[i].toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }

    /** The folder that holds the part for training: the one nearest to the top. */
    private String root(Map<String[], DatasetFile> named) throws InvalidDatasetException {
        SortedMap<Integer, SortedSet<String>> roots = new TreeMap<>();
        for (String[] names : named.keySet()) {
            int at = trainAt(names);
            if (at >= 0 && at < names.length - 1) {
                roots.computeIfAbsent(at, depth -> new TreeSet<>()).add(String.join("/", Arrays.copyOf(names, at)));
            }
        }
        if (roots.isEmpty()) {
            throw new InvalidDatasetException("%s has no folder train: %s".formatted(source, top(named)));
        }
        SortedSet<String> nearest = Objects.requireNonNull(roots.get(roots.firstKey()));
        if (nearest.size() > 1) {
            throw new InvalidDatasetException("%s holds %d sets, each with a folder train: %s; publish one of them"
                    .formatted(source, nearest.size(), few(nearest)));
        }
        return nearest.first();
    }

    private static String top(Map<String[], DatasetFile> named) {
        SortedSet<String> top = new TreeSet<>();
        named.keySet().forEach(names -> top.add(names.length > 1 ? names[0] + "/" : names[0]));
        String found = top.isEmpty() ? "it holds no file" : "it holds " + few(top);
        return found + "; photographs lie in train/<class>/ and val/<class>/";
    }

    private static Optional<String> part(Map<String[], DatasetFile> named, String root, int depth, List<String> usual) {
        SortedSet<String> folders = named.keySet().stream()
                .filter(names -> names.length > depth + 1
                        && String.join("/", Arrays.copyOf(names, depth)).equals(root))
                .map(names -> names[depth])
                .collect(Collectors.toCollection(TreeSet::new));
        return usual.stream()
                .flatMap(name -> folders.stream()
                        .filter(folder -> folder.toLowerCase(Locale.ROOT).equals(name)))
                .findFirst();
    }

    private void sort(
            String[] names,
            int depth,
            DatasetFile file,
            SortedMap<String, List<DatasetFile>> classes,
            SortedMap<String, List<String>> others) {
        if (names.length == depth + 2) {
            findings.passedOver("beside the folders of the classes", file.path());
            return;
        }
        List<DatasetFile> photographs = classes.computeIfAbsent(names[depth + 1], name -> new ArrayList<>());
        String kind = PhotoReader.extension(file.name());
        if (names.length > depth + 3) {
            findings.passedOver("in a folder within a class", file.path());
        } else if (PhotoReader.EXTENSIONS.contains(kind)) {
            photographs.add(file);
        } else {
            String why = kind.isEmpty() ? "without an extension" : "with extension ." + kind;
            findings.passedOver(why, file.path());
            others.computeIfAbsent(names[depth] + "/" + names[depth + 1], name -> new ArrayList<>())
                    .add(why);
        }
    }

    private void requireTheSame(Collection<String> trains, Collection<String> judges, String train, String valid)
            throws InvalidDatasetException {
        SortedSet<String> onlyTrains = new TreeSet<>(trains);
        onlyTrains.removeAll(judges);
        SortedSet<String> onlyJudges = new TreeSet<>(judges);
        onlyJudges.removeAll(trains);
        if (!onlyTrains.isEmpty() || !onlyJudges.isEmpty()) {
            throw new InvalidDatasetException(
                    "%s must have the same classes under %s and %s; only under %s: %s; only under %s: %s"
                            .formatted(source, train, valid, train, few(onlyTrains), valid, few(onlyJudges)));
        }
        if (trains.size() < 2) {
            throw new InvalidDatasetException("%s must have at least 2 classes under %s (has %s)"
                    .formatted(source, train, few(new TreeSet<>(trains))));
        }
    }

    private void requirePictures(
            SortedMap<String, List<DatasetFile>> classes, String part, SortedMap<String, List<String>> others)
            throws InvalidDatasetException {
        for (Map.Entry<String, List<DatasetFile>> of : classes.entrySet()) {
            if (of.getValue().isEmpty()) {
                List<String> why = others.getOrDefault(part + "/" + of.getKey(), List.of("in folders within it"));
                throw new InvalidDatasetException("%s: class %s has no photograph under %s, only files %s; known are %s"
                        .formatted(
                                source,
                                of.getKey(),
                                part,
                                why.get(0),
                                PhotoReader.EXTENSIONS.stream().sorted().collect(Collectors.joining(", .", ".", ""))));
            }
        }
    }

    private static String few(SortedSet<String> names) {
        String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.isEmpty()
                ? "none"
                : names.size() > MOST_NAMED ? "%s and %d more".formatted(first, names.size() - MOST_NAMED) : first;
    }

    private void add(SortedMap<String, List<DatasetFile>> classes, String part) {
        int label = 0;
        for (Map.Entry<String, List<DatasetFile>> of : classes.entrySet()) {
            of.getValue().sort(Comparator.comparing(DatasetFile::name, BY_BYTES));
            for (DatasetFile file : of.getValue()) {
                places.add(new Place(
                        "%s/%s/%s".formatted(part, of.getKey(), file.name()), file, label, part.equals(TRAIN)));
            }
            label++;
        }
    }
}
