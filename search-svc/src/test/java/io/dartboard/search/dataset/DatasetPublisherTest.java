package io.dartboard.search.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.events.Layout;
import io.dartboard.events.Task;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.pipeline.artifact.ScratchFolders;
import io.dartboard.pipeline.artifact.WorkDirUnavailable;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.search.body.Refused;
import io.dartboard.search.event.FakeEventLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetPublisherTest {
    @TempDir
    Path folder;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final FakeEventLog log = new FakeEventLog();
    private Path shapes;
    private DatasetPublisher publisher;

    @BeforeEach
    void setUp() throws IOException {
        shapes = Files.createDirectory(folder.resolve("shapes"));
        MadeShapes.writeCifar(shapes, 40, 20, 1);
        publisher = publisher();
    }

    @Test
    void shouldStoreTheArchiveThenTheManifestAndTell() {
        // When
        var published = publisher.publish(request("shapes", "cifar-binary", shapes, ""));

        // Then
        var dataset = published.dataset();
        assertThat(published.news()).isTrue();
        assertThat(log.told()).containsExactly(dataset);
        assertThat(dataset.getVersion()).isEqualTo(dataset.getDigest().substring(0, 12));
        assertThat(dataset.getLayout()).isEqualTo(Layout.CIFAR_BINARY);
        assertThat(dataset.getClasses()).isEqualTo(10);
        assertThat(dataset.getHeight()).isEqualTo(32);
        assertThat(dataset.getTrainExamples()).isEqualTo(40);
        assertThat(dataset.getTestExamples()).isEqualTo(20);
        assertThat(store.list("datasets/shapes/" + dataset.getVersion() + "/"))
                .extracting(key -> key.substring(key.lastIndexOf('/') + 1))
                .containsExactly("archive", "manifest.json");
    }

    @Test
    void shouldTellSizeStatisticsAndTheSmallestClassOfImagesOfAnotherSide() throws IOException {
        // Given: five images of 64 pixels, red plain, green half dark and half white, blue black
        var large = Files.createDirectory(folder.resolve("large"));
        var record = new byte[1 + 3 * 64 * 64];
        Arrays.fill(record, 1, 1 + 64 * 64, (byte) 51);
        Arrays.fill(record, 1 + 64 * 64, 1 + 64 * 64 * 3 / 2, (byte) 255);
        var train = new ByteArrayOutputStream();
        for (var label : new byte[] {0, 1, 0, 1, 0}) {
            record[0] = label;
            train.write(record);
        }
        Files.write(large.resolve("data_batch_1.bin"), train.toByteArray());
        Files.write(large.resolve("test_batch.bin"), record);
        Files.writeString(large.resolve("batches.meta.txt"), "even\nodd\n");

        // When
        var dataset =
                publisher.publish(request("large", "cifar-binary", large, "")).dataset();

        // Then
        assertThat(dataset.getHeight()).isEqualTo(64);
        assertThat(dataset.getWidth()).isEqualTo(64);
        assertThat(dataset.getMean()).containsExactly(0.2f, 0.5f, 0f);
        assertThat(dataset.getDeviation()).containsExactly(1 / 255f, 0.5f, 1 / 255f);
        assertThat(dataset.getSmallestClass()).isEqualTo(2);
    }

    @Test
    void shouldStoreAnArchiveThatASearchCanRead() throws IOException {
        var dataset =
                publisher.publish(request("shapes", "cifar-binary", shapes, "")).dataset();
        var fetched = folder.resolve("fetched");
        store.download(dataset.getArchive(), fetched);
        assertThat(CifarBinary.read(fetched).digest()).isEqualTo(dataset.getDigest());
    }

    @Test
    void shouldChangeNothingWhenTheSameContentComesAgainInAnotherPackage() throws IOException {
        // Given
        var first = publisher.publish(request("shapes", "cifar-binary", shapes, ""));
        var packed = folder.resolve("again.tar.gz");
        DatasetArchive.pack(shapes, packed);

        // When
        var second = publisher.publish(request("shapes", "cifar-binary", packed, ""));

        // Then
        assertThat(second.news()).isFalse();
        assertThat(second.dataset()).isEqualTo(first.dataset());
        assertThat(log.told()).hasSize(1);
    }

    @Test
    void shouldTellWhatAnEarlierTryStoredAndCouldNotTell() {
        // Given
        log.away(true);
        assertThatThrownBy(() -> publisher.publish(request("shapes", "cifar-binary", shapes, "")));
        log.away(false);

        // When
        var published = publisher.publish(request("shapes", "cifar-binary", shapes, ""));

        // Then
        assertThat(published.news()).isTrue();
        assertThat(log.told()).hasSize(1);
    }

    @Test
    void shouldRefuseAnotherContentUnderAVersionThatIsTaken() throws IOException {
        // Given
        publisher.publish(request("shapes", "cifar-binary", shapes, "1"));
        MadeShapes.writeCifar(shapes, 40, 20, 2);

        // Then
        assertThatThrownBy(() -> publisher.publish(request("shapes", "cifar-binary", shapes, "1")))
                .hasMessageStartingWith("version 1 of dataset shapes is published with another content");
    }

    @Test
    void shouldPublishAnImageFolder() throws IOException {
        var scenes = Files.createDirectory(folder.resolve("scenes"));
        MadeScenes.writeImageFolder(scenes, 2, 1, 32, 1);
        var dataset =
                publisher.publish(request("scenes", "image-folder", scenes, "")).dataset();
        assertThat(dataset.getLayout()).isEqualTo(Layout.IMAGE_FOLDER);
        assertThat(dataset.getHeight()).as("of all photographs").isEqualTo(32);
        assertThat(dataset.getTrainExamples()).isEqualTo(2L * dataset.getClasses());
    }

    @Test
    void shouldStoreWhatItCheckedAndTellWhatItPassedOver() throws IOException {
        // Given
        var scenes = Files.createDirectory(folder.resolve("scenes"));
        MadeScenes.writeImageFolder(scenes, 2, 1, 32, 1);
        var plain =
                publisher.publish(request("plain", "image-folder", scenes, "")).dataset();
        Files.writeString(scenes.resolve("train/dots/notes.txt"), "none");
        Files.createDirectory(scenes.resolve("train/.ipynb_checkpoints"));
        Files.copy(scenes.resolve("train/dots/00000.png"), scenes.resolve("train/.ipynb_checkpoints/00000.png"));

        // When
        var published = publisher.publish(request("scenes", "image-folder", scenes, ""));

        // Then
        assertThat(published.dataset().getDigest()).isEqualTo(plain.getDigest());
        assertThat(published.dataset().getClasses()).isEqualTo(10);
        assertThat(published.dataset().getArchive().getSha256())
                .isEqualTo(plain.getArchive().getSha256());
        assertThat(published
                        .json()
                        .path("found")
                        .path("passedOver")
                        .path("with extension .txt")
                        .asInt())
                .isEqualTo(1);
        assertThat(published.json().path("found").path("details").path("halves").asText())
                .isEqualTo(
                        "a search trains weights on 10 and alphas on 10, divided class by class, since the set is sorted"
                                + " by class");
        assertThat(published.json().path("found").path("lines"))
                .extracting(line -> line.asText())
                .containsExactly(
                        "passed over, hidden, or left by a system: 1 file (train/.ipynb_checkpoints/00000.png)",
                        "passed over, with extension .txt: 1 file (train/dots/notes.txt)");
    }

    @Test
    void shouldFindOutTheLayoutAndTakeTheCoarseLabelsOfCifar100() throws IOException {
        var set = Files.createDirectory(folder.resolve("cifar100"));
        Files.writeString(set.resolve("fine_label_names.txt"), "a\nb\nc\n");
        Files.writeString(set.resolve("coarse_label_names.txt"), "x\ny\n");
        var records = new byte[3 * 3074];
        for (var i = 0; i < 3; i++) {
            records[i * 3074] = (byte) (i % 2);
            records[i * 3074 + 1] = (byte) i;
        }
        Files.write(set.resolve("train.bin"), records);
        Files.write(set.resolve("test.bin"), records);

        var fine = publisher
                .publish(DatasetRequest.read("{\"name\": \"c\", \"location\": \"%s\"}".formatted(set.toUri())))
                .dataset();
        assertThat(fine.getLayout()).isEqualTo(Layout.CIFAR_BINARY);
        assertThat(fine.getTask()).isEqualTo(Task.IMAGE_CLASSIFICATION);
        assertThat(fine.getLabels()).containsExactly("a", "b", "c");
        var coarse = publisher
                .publish(DatasetRequest.read(
                        "{\"name\": \"c\", \"labels\": \"coarse\", \"location\": \"%s\"}".formatted(set.toUri())))
                .dataset();
        assertThat(coarse.getLabels()).containsExactly("x", "y");
        assertThat(coarse.getVersion()).isNotEqualTo(fine.getVersion());
        var fetched = folder.resolve("fetched");
        store.download(coarse.getArchive(), fetched);
        assertThat(CifarBinary.read(fetched).digest()).isEqualTo(coarse.getDigest());
    }

    /** A record must fit into a topic: many labels stand in the manifest alone. */
    @Test
    void shouldPublishManyClassesWithLongNames() throws IOException {
        var set = Files.createDirectory(folder.resolve("set"));
        var classes = IntStream.range(0, 900)
                .mapToObj("%03d".concat("_Lepidoptera".repeat(8))::formatted)
                .toList();
        MadeScenes.writeImageFolder(folder.resolve("scenes"), 1, 1, 16, 1);
        for (var part : List.of("train", "val")) {
            for (var name : classes) {
                var of = Files.createDirectories(set.resolve(part).resolve(name));
                Files.copy(folder.resolve("scenes/train/dots/00000.png"), of.resolve("0.png"));
            }
        }

        var dataset =
                publisher.publish(request("many", "image-folder", set, "")).dataset();

        assertThat(dataset.getClasses()).isEqualTo(900);
        assertThat(dataset.getLabels()).isEmpty();
        var manifest = new ObjectMapper()
                .readTree(store.get("datasets/many/%s/manifest.json".formatted(dataset.getVersion())));
        assertThat(manifest.path("labels")).hasSize(900);
        assertThat(manifest.path("labels").get(899).asText()).isEqualTo(classes.get(899));
    }

    @Test
    void shouldRemoveWhatAKilledServiceHasLeftBehindAndNothingElse() throws Exception {
        var work = folder.resolve("work/publishing");
        Files.createDirectories(work.resolve("left"));
        Files.writeString(work.resolve("left/contents"), "x");
        try (var taken = new ScratchFolders(work).take("another service's")) {
            publisher = publisher();
            assertThat(taken.folder()).isEmptyDirectory();
            assertThat(work.resolve("left")).doesNotExist();
        }
        publisher.publish(request("shapes", "cifar-binary", shapes, ""));
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void shouldPublishATextWithItsCountsAndTheUnigramPerplexity() throws IOException {
        // Given: of the training text a 3, b 1, <eos> 2, each raised by one, of 6 + 4 words; c is new
        var text = penn("a a b\na\n", "a c\n", "b\n");

        // When
        var dataset =
                publisher.publish(request("text", "token-corpus", text, "")).dataset();

        // Then
        assertThat(dataset.getTask()).isEqualTo(Task.LANGUAGE_MODEL);
        assertThat(dataset.getLayout()).isEqualTo(Layout.TOKEN_CORPUS);
        assertThat(dataset.getClasses()).as("a, b, <eos>, c").isEqualTo(4);
        assertThat(dataset.getLabels()).isEmpty();
        assertThat(List.of(dataset.getChannels(), dataset.getHeight(), dataset.getWidth()))
                .containsOnly(0);
        assertThat(dataset.getTrainExamples()).isEqualTo(6);
        assertThat(dataset.getValidExamples()).isEqualTo(3);
        assertThat(dataset.getTestExamples()).isEqualTo(2);
        assertThat(dataset.getUnigramPerplexity()).isCloseTo(1 / Math.sqrt(2 / 10.0 * 3 / 10.0), Offset.offset(1e-12));
        var fetched = folder.resolve("fetched");
        store.download(dataset.getArchive(), fetched);
        assertThat(TextCorpus.read(fetched).digest()).isEqualTo(dataset.getDigest());
    }

    @Test
    void shouldTakeATextInAnotherLayoutAndPackageForTheSameContent() throws IOException {
        // Given
        var penn = penn("a a b\na\n", "a c\n", "b\n");
        var first = publisher.publish(request("text", "token-corpus", penn, ""));
        var wiki = Files.createDirectory(folder.resolve("wiki"));
        for (var part : List.of("train", "valid", "test")) {
            Files.copy(penn.resolve("ptb.%s.txt".formatted(part)), wiki.resolve("wiki.%s.tokens".formatted(part)));
        }
        var packed = folder.resolve("wiki.tar.gz");
        DatasetArchive.pack(wiki, packed);

        // When
        var second = publisher.publish(request("text", "token-corpus", packed, ""));

        // Then
        assertThat(second.news()).isFalse();
        assertThat(second.dataset()).isEqualTo(first.dataset());
    }

    @Test
    void shouldRefuseATextThatCannotBeUsedInOneLine() throws IOException {
        var text = penn("a b\n", "a\n", "b\n");
        Files.writeString(text.resolve("ptb.train.txt"), " \n\n");
        refusedText(text, "ptb.train.txt in %s holds no words".formatted(text));
        Files.write(text.resolve("ptb.train.txt"), new byte[] {'a', '\n', (byte) 0xff});
        refusedText(
                text,
                "ptb.train.txt in %s is not UTF-8 text: the byte at position 2, in line 2, begins no character; if it is Latin-1, convert it with iconv -f ISO-8859-1 -t UTF-8"
                        .formatted(text));
        Files.writeString(
                text.resolve("ptb.train.txt"),
                IntStream.range(0, 300_000).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
        refusedText(
                text,
                "ptb.train.txt in %s takes the vocabulary over its limit of 300000 words in line 1: replace rare words by <unk>"
                        .formatted(text));
        Files.delete(text.resolve("ptb.train.txt"));
        refusedText(text, "%s lacks a part of the corpus: ptb.train.txt is missing".formatted(text));
        Files.writeString(text.resolve("wiki.train.tokens"), "a");
        refusedText(
                text,
                "%s holds parts of ptb.{train,valid,test}.txt and of wiki.{train,valid,test}.tokens: keep one corpus in a folder"
                        .formatted(text));
        assertThat(store.list("")).isEmpty();
        assertThat(log.told()).isEmpty();
    }

    private void refusedText(Path text, String line) {
        assertThatThrownBy(() -> publisher.publish(request("text", "token-corpus", text, "")))
                .isInstanceOf(Refused.class)
                .hasMessage(line);
    }

    private Path penn(String train, String valid, String test) throws IOException {
        var text = Files.createDirectory(folder.resolve("penn"));
        Files.writeString(text.resolve("ptb.train.txt"), train);
        Files.writeString(text.resolve("ptb.valid.txt"), valid);
        Files.writeString(text.resolve("ptb.test.txt"), test);
        return text;
    }

    @Test
    void shouldBlameTheMachineWhereItCannotReadOrKeepADataset() throws IOException {
        var text = penn("a b\n", "a\n", "b\n");
        Files.writeString(folder.resolve("work"), "a file where the folder should be");
        assertThatThrownBy(() -> publisher.publish(request("text", "token-corpus", text, "")))
                .isInstanceOf(WorkDirUnavailable.class)
                .hasMessageContaining("cannot keep dataset text in " + folder.resolve("work"))
                .hasMessageContaining("dartboard.work-dir");

        Files.delete(folder.resolve("work"));
        var unreadable = Path.of("/proc/self/mem");
        assumeThat(unreadable).exists();
        Files.delete(text.resolve("ptb.test.txt"));
        Files.createSymbolicLink(text.resolve("ptb.test.txt"), unreadable);
        assertThatThrownBy(() -> publisher.publish(request("text", "token-corpus", text, "")))
                .isInstanceOf(WorkDirUnavailable.class)
                .hasMessageContaining("Input/output error");
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void shouldFetchFromTheStore() throws IOException {
        var packed = folder.resolve("in.tar.gz");
        DatasetArchive.pack(shapes, packed);
        store.put("incoming/in.tar.gz", packed);
        var published = publisher.publish(
                DatasetRequest.read(
                        "{\"name\": \"shapes\", \"layout\": \"cifar-binary\", \"location\": \"s3://memory/incoming/in.tar.gz\"}"));
        assertThat(published.dataset().getTrainExamples()).isEqualTo(40);
    }

    @Test
    void shouldFetchAllThatLiesBelowAPrefix() throws IOException {
        var same =
                publisher.publish(request("shapes", "cifar-binary", shapes, "")).dataset();
        drop("in coming/day/");
        store.put("in coming/day/", new byte[0]);

        var published = publisher.publish(below("in coming/day/"));

        assertThat(published.news()).isFalse();
        assertThat(published.dataset()).isEqualTo(same);
    }

    @Test
    void shouldTakeTheNewestWhereNothingButArchivesLiesBelowAPrefix() throws IOException {
        var before = Files.createDirectory(folder.resolve("before"));
        MadeShapes.writeCifar(before, 30, 10, 2);
        DatasetArchive.pack(shapes, folder.resolve("today"));
        DatasetArchive.pack(before, folder.resolve("yesterday"));
        store.put("drops/a-today.tar.gz", folder.resolve("today"));
        store.put("drops/b-yesterday.tgz", folder.resolve("yesterday"));
        store.put("drops/_SUCCESS", new byte[0]);
        store.age("drops/b-yesterday.tgz", Duration.ofDays(1));

        assertThat(publisher.publish(below("drops/")).dataset().getTrainExamples())
                .isEqualTo(40);
    }

    @Test
    void shouldNotTakeWhatChangesWhileItIsRead() throws IOException {
        drop("drops/");
        store.deliver(in -> {
            store.put("drops/data_batch_2.bin", new byte[3073]);
            return in;
        });

        assertThatThrownBy(() -> publisher.publish(below("drops/")))
                .isInstanceOf(Refused.class)
                .hasMessage("what lies below s3://memory/drops/ has changed while it was read; publish it again");
        assertThat(log.told()).isEmpty();
    }

    @Test
    void shouldReadFromOtherBucketsThatAreNamedAndFromNoMore() {
        var buckets = new DatasetBuckets(store, List.of());

        assertThatThrownBy(() -> buckets.requireWatchable("elsewhere", "in/"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("name its bucket in dartboard.datasets.buckets");
        assertThatThrownBy(() -> buckets.requireWatchable("memory", "datasets/shapes/"))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(
                        "source.prefix 'datasets/shapes/' of s3://memory/ is where published datasets lie");
        assertThatThrownBy(() -> buckets.requireWatchable("memory", "")).isInstanceOf(Refused.class);
        buckets.requireWatchable("memory", "incoming/");
        var other = new DatasetBuckets(new InMemoryArtifactStore("nas"), List.of(store));
        other.requireWatchable("memory", "");
        assertThat(other.list("s3://memory/").objects()).isEmpty();
    }

    private void drop(String prefix) throws IOException {
        try (var files = Files.list(shapes)) {
            for (var file : files.toList()) {
                store.put(prefix + file.getFileName(), file);
            }
        }
    }

    private static DatasetRequest below(String prefix) {
        return DatasetRequest.read("{\"name\": \"shapes\", \"location\": \"s3://memory/%s\"}".formatted(prefix));
    }

    @Test
    void shouldRefuseATruncatedFileByName() throws IOException {
        var batch = shapes.resolve("data_batch_1.bin");
        var bytes = Files.readAllBytes(batch);
        Files.write(batch, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> publisher.publish(request("shapes", "cifar-binary", shapes, "")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("data_batch_1.bin")
                .hasMessageContaining("truncated");
        assertThat(store.list("")).isEmpty();
        assertThat(log.told()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "file:///nowhere/at/all, cannot be read on the host of search-svc",
        "s3://memory/nothing, there is no object at s3://memory/nothing",
        "s3://memory/nothing/, there is nothing below s3://memory/nothing/",
        "s3://other/thing, does not lie in the pipeline's bucket s3://memory/",
        "http://example.org/x, location must begin with file:/// or s3://"
    })
    void shouldRefuseALocationThatCannotBeRead(String location, String line) {
        assertThatThrownBy(() -> publisher.publish(DatasetRequest.read(
                        "{\"name\": \"x\", \"layout\": \"cifar-binary\", \"location\": \"%s\"}".formatted(location))))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"name": "x", "layout": "zip", "location": "file:///x"} | unknown layout 'zip'; known: cifar-binary, image-folder, token-corpus
                    {"name": "x", "layout": "cifar-binary", "location": "file:///x", "task": "chess"} | unknown task 'chess'; known: image-classification, language-model
                    {"name": "x", "layout": "cifar-binary", "location": "file:///x", "task": "language-model"} | task language-model cannot be learned from layout cifar-binary, which is for image-classification; leave the task out
                    {"name": "x", "layout": "token-corpus", "location": "file:///x", "task": "image-classification"} | task image-classification cannot be learned from layout token-corpus, which is for language-model
                    {"name": "../x", "layout": "cifar-binary", "location": "file:///x"} | name must be up to 64 letters
                    {"name": "x", "layout": "cifar-binary", "location": "file:///x", "version": "a/b"} | version must be up to 64 letters
                    {"name": "x", "layout": "cifar-binary"} | location is missing
                    {"name": "x", "location": "file:///x", "labels": "rough"} | unknown labels 'rough'; known: fine, coarse
                    {"name": "x", "layout": "cifar-binary", "location": "file:///x", "colour": 1} | colour is not known here""")
    void shouldNameWhatIsWrongWithARequest(String text, String line) {
        assertThatThrownBy(() -> DatasetRequest.read(text))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(line);
    }

    private DatasetPublisher publisher() {
        return new DatasetPublisher(
                store,
                log,
                folder.resolve("work"),
                new DatasetFolders(List.of(Path.of("/")), Optional.empty()),
                new DatasetBuckets(store, List.of()));
    }

    private static DatasetRequest request(String name, String layout, Path location, String version) {
        return DatasetRequest.read("{\"name\": \"%s\", \"layout\": \"%s\", \"location\": \"%s\"%s}"
                .formatted(
                        name,
                        layout,
                        location.toUri(),
                        version.isEmpty() ? "" : ", \"version\": \"%s\"".formatted(version)));
    }
}
