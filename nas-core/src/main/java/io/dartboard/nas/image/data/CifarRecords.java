package io.dartboard.nas.image.data;

import io.dartboard.nas.data.InvalidDatasetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * The records of the CIFAR binary layout: one label byte, then the red, green and blue planes, row by row. The files do not
 * say how large their images are; it follows from their lengths and from where labels must stand.
 *
 * @param source where the files are, for people
 * @param namesFile what names the classes, for people
 * @param classes the number of classes
 * @param side the side of an image in pixels
 */
record CifarRecords(Path source, String namesFile, int classes, int side) {

    /** A label, then the pixels. */
    private static int length(int side) {
        return 1 + Pixels.bytes(side);
    }

    /**
     * The records of files whose images have a side that is to be found: the one at which all files are made of whole records
     * with known labels, 32 before any other.
     *
     * @throws InvalidDatasetException if there is no such side, or several but not 32
     */
    static CifarRecords of(Path source, String namesFile, int classes, List<Map.Entry<String, byte[]>> files)
            throws InvalidDatasetException {
        IntPredicate whole = side -> files.stream().allMatch(file -> file.getValue().length % length(side) == 0);
        List<Integer> sides = ImageSide.all().filter(whole).boxed().toList();
        List<Integer> labelled = sides.stream()
                .filter(side -> files.stream().allMatch(file -> isLabelled(file.getValue(), length(side), classes)))
                .toList();
        if (labelled.size() > 1 && !labelled.contains(ImageSide.CIFAR)) {
            throw new InvalidDatasetException(
                    "%s can be read as images of %s pixels, and nothing tells which is meant; publish it as an image folder"
                            .formatted(
                                    source,
                                    labelled.stream().map(String::valueOf).collect(Collectors.joining(" or "))));
        }
        List<Integer> candidates = labelled.isEmpty() ? sides : labelled;
        int side = candidates.isEmpty() || candidates.contains(ImageSide.CIFAR) ? ImageSide.CIFAR : candidates.get(0);
        return new CifarRecords(source, namesFile, classes, side);
    }

    private static boolean isLabelled(byte[] records, int length, int classes) {
        for (int at = 0; at < records.length; at += length) {
            if ((records[at] & 0xff) >= classes) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads all records.
     *
     * @param goesOn run before each file; what it throws ends the reading
     * @throws InvalidDatasetException if a file is empty, truncated or holds a label without a name
     */
    PixelImages read(List<Map.Entry<String, byte[]>> files, Runnable goesOn) throws InvalidDatasetException {
        int length = length(side);
        List<byte[]> pixels = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files) {
            goesOn.run();
            byte[] bytes = file.getValue();
            String where = file.getKey() + " in " + source;
            if (bytes.length == 0) {
                throw new InvalidDatasetException(where + " is empty");
            }
            if (bytes.length % length != 0) {
                throw new InvalidDatasetException(
                        "%s is truncated: %d bytes is not a multiple of %d, the size of a record of %d x %d pixels"
                                .formatted(where, bytes.length, length, side, side));
            }
            for (int at = 0; at < bytes.length; at += length) {
                int label = bytes[at] & 0xff;
                if (label >= classes) {
                    throw new InvalidDatasetException("%s: record %d has label %d, but %s names only %d classes"
                            .formatted(where, at / length, label, namesFile, classes));
                }
                labels.add(label);
                pixels.add(Arrays.copyOfRange(bytes, at + 1, at + length));
            }
        }
        return new PixelImages(
                side, pixels, labels.stream().mapToInt(Integer::intValue).toArray(), classes);
    }
}
