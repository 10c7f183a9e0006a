package io.dartboard.nas.image.data;

import io.dartboard.nas.data.ArchiveWriter;
import io.dartboard.nas.data.ContentDigest;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.DatasetFile;
import io.dartboard.nas.data.DatasetFiles;
import io.dartboard.nas.data.Findings;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.data.Progress;
import io.dartboard.nas.image.data.DecodingMemory.Taken;
import io.dartboard.nas.image.data.PhotoFolders.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A labelled set of photographs as somebody brings it, looked through before it is published: every file is decoded once.
 * Files that cannot be decoded are left out and named; more than one in twenty means that the set itself is broken.
 *
 * @param source where it was brought from
 * @param classNames the classes in label order
 * @param train the training photographs, class by class
 * @param valid the held-out photographs, class by class
 * @param findings what was passed over, and why
 * @param sizes of the photographs
 * @param normalisation mean and deviation of the training photographs, every pixel counting alike
 * @param digest SHA-256 over names and contents of the photographs, hexadecimal; the same for the same content, however
 *     packed
 */
public record PhotoSurvey(
        Path source,
        List<String> classNames,
        List<Photograph> train,
        List<Photograph> valid,
        Findings findings,
        PhotoSizes sizes,
        Normalisation normalisation,
        String digest) {

    private static final String DIGEST = "image-folder/1";
    private static final String LOOKING = "looking at photographs";
    private static final long LARGEST_FILE = Integer.MAX_VALUE - 8;

    public PhotoSurvey {
        classNames = List.copyOf(classNames);
        train = List.copyOf(train);
        valid = List.copyOf(valid);
    }

    /**
     * A photograph that can be used.
     *
     * @param path where it lies in the published archive: {@code train/<class>/<name>}
     * @param file as it was brought
     */
    public record Photograph(String path, DatasetFile file, int label, String sha256) {}

    /**
     * Looks through the whole set.
     *
     * @param files they must stay open while the survey is used
     * @throws InvalidDatasetException if a part is missing or empty, the two parts differ in classes, or more than 5 % of
     *     the files are corrupt
     * @throws IOException if this machine cannot read a file
     */
    public static PhotoSurvey of(DatasetFiles files, Progress progress) throws IOException {
        PhotoFolders paths = PhotoFolders.of(files);
        List<Place> places = paths.places();
        List<Look> looks = looks(places, progress);
        Findings.Builder findings = paths.findings();
        ContentDigest digest = new ContentDigest(DIGEST);
        List<Photograph> train = new ArrayList<>();
        List<Photograph> valid = new ArrayList<>();
        PhotoSizes sizes = PhotoSizes.NONE;
        ChannelStatistics statistics = new ChannelStatistics();
        int corrupt = 0;
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            Look look = looks.get(i);
            if (!look.fault().isEmpty()) {
                corrupt++;
                findings.corrupt(place.path(), look.fault());
                continue;
            }
            digest.text(line(place.path(), look.sha256()));
            sizes = sizes.and(look.height(), look.width());
            if (place.trains()) {
                statistics.merge(look.statistics());
            }
            (place.trains() ? train : valid)
                    .add(new Photograph(place.path(), place.file(), place.label(), look.sha256()));
        }
        Findings found = findings.build();
        requireMostAreGood(files.source(), corrupt, places.size(), found);
        requireEveryClass(files.source(), paths.classNames(), train, PhotoFolders.TRAIN);
        requireEveryClass(files.source(), paths.classNames(), valid, PhotoFolders.VALID);
        return new PhotoSurvey(
                files.source(),
                paths.classNames(),
                train,
                valid,
                found,
                sizes,
                statistics.normalisation(),
                digest.hex());
    }

    private static List<Look> looks(List<Place> places, Progress progress) throws IOException {
        AtomicInteger done = new AtomicInteger();
        try {
            return IntStream.range(0, places.size())
                    .parallel()
                    .mapToObj(i -> {
                        Look look = Look.at(places.get(i).file());
                        progress.at(LOOKING, done.incrementAndGet(), places.size());
                        return look;
                    })
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String line(String path, String sha256) {
        return path + " " + sha256;
    }

    private static void requireMostAreGood(Path source, int corrupt, int all, Findings found)
            throws InvalidDatasetException {
        if (CorruptImages.tooMany(corrupt, all)) {
            throw new InvalidDatasetException("%s: %d of %d images cannot be decoded, more than 5 %%; the first is %s"
                    .formatted(source, corrupt, all, found.corrupt().first().get(0)));
        }
    }

    private static void requireEveryClass(Path source, List<String> names, List<Photograph> part, String title)
            throws InvalidDatasetException {
        boolean[] seen = new boolean[names.size()];
        part.forEach(photograph -> seen[photograph.label()] = true);
        for (int label = 0; label < seen.length; label++) {
            if (!seen[label]) {
                throw new InvalidDatasetException("%s: not one photograph of class %s under %s can be decoded"
                        .formatted(source, names.get(label), title));
            }
        }
    }

    /**
     * Packs the photographs, and nothing else, as a {@code .tar.gz}.
     *
     * @throws IOException if a file cannot be read any more or the archive cannot be written
     */
    public void pack(Path archive, Progress progress) throws IOException {
        int all = train.size() + valid.size();
        int done = 0;
        try (ArchiveWriter writer = ArchiveWriter.storing(archive)) {
            for (List<Photograph> part : List.of(train, valid)) {
                for (Photograph photograph : part) {
                    writer.add(photograph.path(), photograph.file().read(LARGEST_FILE));
                    progress.at("packing", ++done, all);
                }
            }
        }
    }

    /**
     * The digest of what lies in an archive that was packed here.
     *
     * @throws InvalidDatasetException if it cannot be read to its end
     */
    public static String digestOf(Path archive, Progress progress) throws IOException {
        ContentDigest digest = new ContentDigest(DIGEST);
        int[] done = {0};
        DatasetArchive.visit(archive, bytes -> {}, (path, bytes, content) -> {
            digest.text(line(path, digestOf(content.readAllBytes())));
            progress.at("reading the archive back", ++done[0], 0);
        });
        return digest.hex();
    }

    private static String digestOf(byte[] content) {
        ContentDigest digest = new ContentDigest("file");
        digest.bytes(content);
        return digest.hex();
    }

    /**
     * What one file holds.
     *
     * @param sha256 of its bytes
     * @param statistics of its pixels
     * @param fault why it cannot be decoded, or ""
     */
    private record Look(String sha256, int height, int width, ChannelStatistics statistics, String fault) {

        /** What is wrong in the bytes is the file's fault; that the machine cannot read them is not, and ends the survey. */
        static Look at(DatasetFile file) {
            try (Taken memory = DecodingMemory.FILES.take(file.bytes(), "the file")) {
                byte[] bytes = content(file);
                try (PhotoReader photo = PhotoReader.of(bytes)) {
                    RgbImage image = photo.read();
                    ChannelStatistics statistics = new ChannelStatistics();
                    statistics.add(image.planes());
                    return new Look(
                            digestOf(bytes), image.area().height(), image.area().width(), statistics, "");
                }
            } catch (UncheckedIOException e) {
                throw e;
            } catch (IOException e) {
                return new Look("", 0, 0, new ChannelStatistics(), CorruptImages.reason(e));
            }
        }

        private static byte[] content(DatasetFile file) throws IOException {
            try {
                return file.read(file.bytes());
            } catch (InvalidDatasetException e) {
                throw e;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read %s: %s".formatted(file.path(), e), e);
            }
        }
    }
}
