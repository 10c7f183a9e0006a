package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.DatasetFiles;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.data.Progress;
import io.dartboard.nas.image.data.PhotoSurvey.Photograph;
import io.dartboard.nas.image.data.made.MadeScenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoSurveyTest {
    @TempDir
    private Path dir;

    private Path set;

    @BeforeEach
    void make() throws IOException {
        set = dir.resolve("set");
        for (String part : new String[] {"train", "val"}) {
            for (String name : new String[] {"cat", "dog"}) {
                for (int i = 0; i < 3; i++) {
                    put("%s/%s/%d.png".formatted(part, name, i), Pictures.of("png", 8 + i, 8));
                }
            }
        }
    }

    private void put(String path, byte[] content) throws IOException {
        Path file = set.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    @Test
    void shouldPackWhatWasChecked() throws IOException {
        Path packed = dir.resolve("packed.tar.gz");
        PhotoSurvey survey = survey(set, packed);

        assertThat(survey.classNames()).containsExactly("cat", "dog");
        assertThat(survey.train()).hasSize(6);
        assertThat(survey.valid()).hasSize(6);
        assertThat(survey.findings().lines()).isEmpty();
        assertThat(survey.sizes()).isEqualTo(new PhotoSizes(8, 8, 8, 10));
        assertThat(survey.sizes().side()).isZero();
        assertThat(PhotoSurvey.digestOf(packed, Progress.UNTOLD)).isEqualTo(survey.digest());
        Path unpacked = dir.resolve("unpacked");
        DatasetArchive.extract(packed, unpacked);
        ImageFolder folder = ImageFolder.open(unpacked, survey.digest(), () -> {});
        assertThat(folder.classNames()).isEqualTo(survey.classNames());
        assertThat(folder.train())
                .extracting(photo -> unpacked.relativize(photo.file()).toString())
                .isEqualTo(survey.train().stream().map(Photograph::path).toList());
    }

    @Test
    void shouldGiveTheSameContentTheSameDigestHoweverItIsPacked() throws IOException {
        String digest = survey(set).digest();
        Path archive = dir.resolve("again.tar.gz");
        DatasetArchive.pack(set, archive);
        assertThat(survey(archive).digest()).isEqualTo(digest);

        Files.move(set.resolve("val"), set.resolve("Validation"));
        put("train/.ipynb_checkpoints/0-checkpoint.png", Pictures.of("png", 8, 8));
        assertThat(survey(set).digest()).isEqualTo(digest);
    }

    /** The digest names versions that are published: it must not move. */
    @Test
    void shouldKeepTheDigestOfMadeScenesWhichAreTheSameOnEveryMachine() throws IOException {
        Path scenes = dir.resolve("scenes");
        MadeScenes.writeImageFolder(scenes, 1, 1, 32, 7);
        assertThat(survey(scenes).digest())
                .isEqualTo("15f6ac6475a129b7227b0f23a3b7650851c3944816f129a5916642fdbb6d740a");
        assertThat(survey(scenes).sizes().side()).isEqualTo(32);
    }

    @Test
    void shouldPassOverWhatIsNoDataAndTellOfAllOfIt() throws IOException {
        put("train/.ipynb_checkpoints/0-checkpoint.png", Pictures.of("png", 8, 8));
        put("@eaDir/train/cat/0.png", Pictures.of("png", 8, 8));
        put("train/cat/Thumbs.db", new byte[3]);
        put("__MACOSX/set/train/cat/._0.png", new byte[3]);
        put("train/cat/notes.txt", new byte[3]);
        put("train/cat/raw.heic", new byte[3]);
        put("train/cat/README", new byte[3]);
        put("train/cat/old/0.png", Pictures.of("png", 8, 8));
        put("train/list.csv", new byte[3]);
        put("LICENSE", new byte[3]);
        put("test/cat/0.png", Pictures.of("png", 8, 8));

        PhotoSurvey survey = survey(set);

        assertThat(survey.classNames()).containsExactly("cat", "dog");
        assertThat(survey.train()).hasSize(6);
        assertThat(survey.findings().lines())
                .containsExactly(
                        "passed over, beside the folders of the classes: 1 file (train/list.csv)",
                        "passed over, beside train and val: 2 files (LICENSE, test/cat/0.png)",
                        "passed over, hidden, or left by a system: 4 files (@eaDir/train/cat/0.png,"
                                + " __MACOSX/set/train/cat/._0.png, train/.ipynb_checkpoints/0-checkpoint.png,"
                                + " train/cat/Thumbs.db)",
                        "passed over, in a folder within a class: 1 file (train/cat/old/0.png)",
                        "passed over, with extension .heic: 1 file (train/cat/raw.heic)",
                        "passed over, with extension .txt: 1 file (train/cat/notes.txt)",
                        "passed over, without an extension: 1 file (train/cat/README)");
    }

    @Test
    void shouldTakeTheCommonNamesOfThePartsAndAFolderAroundThem() throws IOException {
        Path around = dir.resolve("around");
        Files.createDirectories(around.resolve("data"));
        Files.move(set, around.resolve("data/pets"));
        Files.move(around.resolve("data/pets/train"), around.resolve("data/pets/Training"));
        Files.move(around.resolve("data/pets/val"), around.resolve("data/pets/test"));

        PhotoSurvey survey = survey(around);

        assertThat(survey.findings().lines())
                .containsExactly("the set lies in the folder data/pets", "the folder test is taken for val");
        assertThat(survey.valid()).extracting(Photograph::path).startsWith("val/cat/0.png");
    }

    @Test
    void shouldReadEveryFormat() throws IOException {
        for (String format : new String[] {"jpg", "webp", "bmp", "gif", "tif"}) {
            put("train/cat/x." + format, Pictures.of(format, 8, 8));
        }
        put("train/cat/X.JPEG", Pictures.of("jpg", 8, 8));
        assertThat(survey(set).train()).hasSize(12);
    }

    @Test
    void shouldLeaveOutAndNameAFewThatCannotBeDecoded() throws IOException {
        for (int i = 3; i < 20; i++) {
            put("train/cat/%02d.png".formatted(i), Pictures.of("png", 8, 8));
        }
        put("train/cat/broken.png", new byte[] {1, 2, 3});

        PhotoSurvey survey = survey(set);

        assertThat(survey.train()).hasSize(23);
        assertThat(survey.findings().lines())
                .containsExactly("cannot be used: 1 file (train/cat/broken.png: not an image in a known format)");

        put("train/dog/broken.png", new byte[0]);
        refused("2 of 31 images cannot be decoded, more than 5 %; the first is train/cat/broken.png: not an image");
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        Files.move(set.resolve("val"), dir.resolve("val"));
        refused("has no folder val: held-out photographs lie in val/<class>/");
        Files.move(dir.resolve("val"), set.resolve("val"));

        put("train/owl/0.png", Pictures.of("png", 8, 8));
        put("val/fox/0.png", Pictures.of("png", 8, 8));
        refused("must have the same classes under train and val; only under train: owl; only under val: fox");
        Files.delete(set.resolve("val/fox/0.png"));

        put("val/owl/0.txt", new byte[1]);
        refused("class owl has no photograph under val, only files with extension .txt; known are .bmp, .gif");

        Files.move(set.resolve("train"), set.resolve("pictures"));
        Files.delete(set.resolve("val/owl/0.txt"));
        refused("has no folder train: it holds pictures/, val/; photographs lie in train/<class>/ and val/<class>/");
    }

    @Test
    void shouldRefuseTwoSetsSideBySide() throws IOException {
        Path two = Files.createDirectory(dir.resolve("two"));
        Files.move(set, two.resolve("b"));
        set = two.resolve("a");
        put("train/cat/0.png", Pictures.of("png", 8, 8));
        assertThatThrownBy(() -> survey(two))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessage(two + " holds 2 sets, each with a folder train: a, b; publish one of them");
    }

    private void refused(String line) {
        assertThatThrownBy(() -> survey(set))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining(line);
    }

    private PhotoSurvey survey(Path source) throws IOException {
        return survey(source, dir.resolve("unwanted.tar.gz"));
    }

    private PhotoSurvey survey(Path source, Path packed) throws IOException {
        try (DatasetFiles files = DatasetFiles.open(source, dir, read -> {})) {
            PhotoSurvey survey = PhotoSurvey.of(files, Progress.UNTOLD);
            survey.pack(packed, Progress.UNTOLD);
            return survey;
        }
    }
}
