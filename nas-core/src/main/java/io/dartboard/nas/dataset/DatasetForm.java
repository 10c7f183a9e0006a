package io.dartboard.nas.dataset;

import io.dartboard.nas.data.DatasetFile;
import io.dartboard.nas.data.DatasetFiles;
import io.dartboard.nas.data.ForeignFiles;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.image.data.CifarFiles;
import io.dartboard.nas.image.data.PhotoFolders;
import io.dartboard.nas.text.data.CorpusLayout;
import io.dartboard.nas.text.data.TextFiles;
import java.util.List;
import java.util.stream.Collectors;

/** The forms of data sets that are read. */
public enum DatasetForm {
    /** The binary form of CIFAR-10, or of CIFAR-100. */
    CIFAR_BINARY,
    /** {@code train/<class>/<photograph>} and {@code val/<class>/...}. */
    IMAGE_FOLDER,
    /** The three parts of a text. */
    TOKEN_CORPUS;

    private static final int MOST_NAMED = 5;

    /**
     * Finds out by the names of the files.
     *
     * @throws InvalidDatasetException if they are of none; the line says what was found and what is needed
     */
    public static DatasetForm of(DatasetFiles files) throws InvalidDatasetException {
        List<String> paths = files.all().stream()
                .map(DatasetFile::path)
                .filter(path -> !ForeignFiles.isForeign(path))
                .toList();
        List<String> names = paths.stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .toList();
        if (PhotoFolders.areLike(paths)) {
            return IMAGE_FOLDER;
        }
        if (CifarFiles.areLike(names)) {
            return CIFAR_BINARY;
        }
        if (TextFiles.areLike(names)) {
            return TOKEN_CORPUS;
        }
        if (isPickled(names)) {
            throw new InvalidDatasetException(
                    "%s is CIFAR in its version for Python, which is not read: bring the binary version, whose files end in .bin"
                            .formatted(files.source()));
        }
        String found = paths.isEmpty()
                ? "no file"
                : paths.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                        + (paths.size() > MOST_NAMED ? " and %d more".formatted(paths.size() - MOST_NAMED) : "");
        throw new InvalidDatasetException(
                "%s is no data set in a known form: it holds %s; known are train/<class>/ and val/<class>/ with photographs, data_batch_1.bin, test_batch.bin and batches.meta.txt (CIFAR-10), train.bin, test.bin and fine_label_names.txt (CIFAR-100), and %s"
                        .formatted(files.source(), found, CorpusLayout.patterns()));
    }

    private static boolean isPickled(List<String> names) {
        return names.contains("data_batch_1") || names.contains("meta") && names.contains("train");
    }
}
