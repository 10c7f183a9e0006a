package io.dartboard.nas.dataset;

import io.dartboard.nas.data.DatasetFiles;
import io.dartboard.nas.data.Findings;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.data.Progress;
import io.dartboard.nas.image.data.ChannelStatistics;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.CifarFiles;
import io.dartboard.nas.image.data.ClassCounts;
import io.dartboard.nas.image.data.ContactSheet;
import io.dartboard.nas.image.data.PhotoSizes;
import io.dartboard.nas.image.data.PhotoSurvey;
import io.dartboard.nas.image.data.PhotoSurvey.Photograph;
import io.dartboard.nas.image.data.Split;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.nas.text.data.TextFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A data set that was looked through whole: what it holds, and the archive as which it is published. */
public sealed interface Inspection {

    /** The authors' share of a training set that trains the weights. */
    double HALF = 0.5;

    /** Of what is read into memory whole a third of the heap: what is made of it has room beside. */
    long MOST_IN_MEMORY = Runtime.getRuntime().maxMemory() / 3;

    /** Its form. */
    DatasetForm form();

    /** What it holds, as it is told when it is published. */
    Contents contents();

    /** What else a person wants to know of it before it is published: a word and what belongs to it. */
    Map<String, String> details();

    /**
     * Draws a few examples.
     *
     * @return false if there is nothing to be seen; no file is written then
     * @throws IOException if the sheet cannot be written
     */
    boolean draw(Path png) throws IOException;

    /** SHA-256 over the content, hexadecimal; the same for the same content, however packed. */
    String digest();

    /** What was taken in an unusual sense, what was passed over, and why. */
    Findings findings();

    /**
     * Packs what is used, and nothing else, as a {@code .tar.gz}.
     *
     * @throws IOException if the archive cannot be written
     */
    void pack(Path archive, Progress progress) throws IOException;

    /**
     * Reads an archive that {@link #pack} has made, as those do who train on it.
     *
     * @return the digest of what it holds
     * @throws InvalidDatasetException if it cannot be read
     */
    String digestOf(Path archive, Progress progress) throws IOException;

    /**
     * Looks through a data set.
     *
     * @param files they must stay open while the inspection is used
     * @param labels which label of CIFAR-100 is learned
     * @throws InvalidDatasetException with one line, if it cannot be used
     * @throws IOException if this machine cannot read it
     */
    static Inspection of(DatasetFiles files, DatasetForm form, CifarFiles.Labels labels, Progress progress)
            throws IOException {
        return switch (form) {
            case CIFAR_BINARY -> {
                progress.at("reading images", 0, 0);
                CifarFiles read = CifarFiles.of(files, labels, MOST_IN_MEMORY);
                yield new OfImages(read, CifarBinary.of(read));
            }
            case IMAGE_FOLDER -> new OfPhotographs(PhotoSurvey.of(files, progress));
            case TOKEN_CORPUS -> {
                progress.at("reading words", 0, 0);
                TextFiles read = TextFiles.of(files, MOST_IN_MEMORY);
                yield new OfText(read, TextCorpus.of(read));
            }
        };
    }

    /** What a search that divides the training images in halves makes of them. */
    private static String halves(List<String> classes, int[] labels) {
        try {
            Split.Parts halves = Split.parts(labels, classes, HALF);
            return "a search trains weights on %d and alphas on %d, %s"
                    .formatted(
                            halves.train().length,
                            halves.valid().length,
                            halves.stratified()
                                    ? "divided class by class, since the set is sorted by class"
                                    : "divided in the order of the images");
        } catch (IllegalArgumentException e) {
            return "no search can divide it: " + e.getMessage();
        }
    }

    private static String perClass(int[] counts) {
        IntSummaryStatistics all = Arrays.stream(counts).summaryStatistics();
        return "%d examples, %d to %d a class".formatted(all.getSum(), all.getMin(), all.getMax());
    }

    /** Small images, in memory. */
    record OfImages(CifarFiles files, CifarBinary set) implements Inspection {
        @Override
        public DatasetForm form() {
            return DatasetForm.CIFAR_BINARY;
        }

        @Override
        public Contents contents() {
            return Contents.ofImages(
                    set.labelNames(),
                    set.train().side(),
                    set.train().size(),
                    set.test().size(),
                    ChannelStatistics.of(set.train()).normalisation(),
                    IntStream.of(set.train().perClass()).min().orElseThrow());
        }

        @Override
        public Map<String, String> details() {
            Map<String, String> details = new LinkedHashMap<>();
            details.put("training", Inspection.perClass(set.train().perClass()));
            details.put(
                    "halves", Inspection.halves(set.labelNames(), set.train().labels()));
            details.put("held out", Inspection.perClass(set.test().perClass()));
            details.put("pixels", "%1$d x %1$d".formatted(set.train().side()));
            return details;
        }

        @Override
        public boolean draw(Path png) throws IOException {
            ContactSheet.write(set, png);
            return true;
        }

        @Override
        public String digest() {
            return set.digest();
        }

        @Override
        public Findings findings() {
            return files.findings();
        }

        @Override
        public void pack(Path archive, Progress progress) throws IOException {
            progress.at("packing", 0, 0);
            files.pack(archive);
        }

        @Override
        public String digestOf(Path archive, Progress progress) throws IOException {
            return CifarBinary.read(
                            archive, set.train().side(), read -> progress.at("reading the archive back", read, 0))
                    .digest();
        }
    }

    /** Photographs, in their files. */
    record OfPhotographs(PhotoSurvey survey) implements Inspection {
        @Override
        public DatasetForm form() {
            return DatasetForm.IMAGE_FOLDER;
        }

        @Override
        public Contents contents() {
            return Contents.ofImages(
                    survey.classNames(),
                    survey.sizes().side(),
                    survey.train().size(),
                    survey.valid().size(),
                    survey.normalisation(),
                    IntStream.of(counts(survey.train())).min().orElseThrow());
        }

        @Override
        public Map<String, String> details() {
            PhotoSizes sizes = survey.sizes();
            Map<String, String> details = new LinkedHashMap<>();
            details.put("training", Inspection.perClass(counts(survey.train())));
            details.put(
                    "halves",
                    Inspection.halves(
                            survey.classNames(), labels(survey.train()).toArray()));
            details.put("held out", Inspection.perClass(counts(survey.valid())));
            details.put(
                    "pixels",
                    "%d x %d to %d x %d"
                            .formatted(sizes.leastWidth(), sizes.leastHeight(), sizes.mostWidth(), sizes.mostHeight()));
            return details;
        }

        private static IntStream labels(List<Photograph> part) {
            return part.stream().mapToInt(Photograph::label);
        }

        private int[] counts(List<Photograph> part) {
            return ClassCounts.of(labels(part), survey.classNames().size());
        }

        @Override
        public boolean draw(Path png) throws IOException {
            ContactSheet.write(survey, png);
            return true;
        }

        @Override
        public String digest() {
            return survey.digest();
        }

        @Override
        public Findings findings() {
            return survey.findings();
        }

        @Override
        public void pack(Path archive, Progress progress) throws IOException {
            survey.pack(archive, progress);
        }

        @Override
        public String digestOf(Path archive, Progress progress) throws IOException {
            return PhotoSurvey.digestOf(archive, progress);
        }
    }

    /** A text, in memory. */
    record OfText(TextFiles files, TextCorpus corpus) implements Inspection {
        private static final int FIRST_WORDS = 12;

        @Override
        public DatasetForm form() {
            return DatasetForm.TOKEN_CORPUS;
        }

        @Override
        public Contents contents() {
            return Contents.ofText(corpus);
        }

        @Override
        public Map<String, String> details() {
            String words = IntStream.range(
                            0, Math.min(FIRST_WORDS, corpus.train().size()))
                    .mapToObj(i -> corpus.words().get(corpus.train().at(i)))
                    .collect(Collectors.joining(" "));
            return Map.of("begins", words);
        }

        @Override
        public boolean draw(Path png) {
            return false;
        }

        @Override
        public String digest() {
            return corpus.digest();
        }

        @Override
        public Findings findings() {
            return files.findings();
        }

        @Override
        public void pack(Path archive, Progress progress) throws IOException {
            progress.at("packing", 0, 0);
            files.pack(archive);
        }

        @Override
        public String digestOf(Path archive, Progress progress) throws IOException {
            return TextCorpus.read(archive, read -> progress.at("reading the archive back", read, 0))
                    .digest();
        }
    }
}
