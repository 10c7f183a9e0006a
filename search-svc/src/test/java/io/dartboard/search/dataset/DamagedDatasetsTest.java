package io.dartboard.search.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.text.data.MadeText;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.search.body.Refused;
import io.dartboard.search.event.FakeEventLog;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets as broken disks, downloads and tools leave them: each is published, or refused in one clear line. */
class DamagedDatasetsTest {
    private static final int EACH = 40;
    private static final String[] FORMATS = {"jpg", "png", "bmp", "gif", "tif"};

    @TempDir
    private Path folder;

    private final Map<String, String> faults = new LinkedHashMap<>();
    private final FakeEventLog log = new FakeEventLog();

    @Test
    void shouldPublishOrRefuseInOneLineWhateverIsDamaged() throws IOException {
        var publisher = publisher();
        var sound = new TreeMap<String, byte[]>();
        var scenes = scenes();
        DatasetArchive.pack(scenes, folder.resolve("scenes.tar.gz"));
        sound.put("scenes.tar.gz", Files.readAllBytes(folder.resolve("scenes.tar.gz")));
        sound.put("scenes.zip", zip(scenes));
        var shapes = Files.createDirectory(folder.resolve("shapes"));
        MadeShapes.writeCifar(shapes, 20, 10, 1);
        DatasetArchive.pack(shapes, folder.resolve("shapes.tar.gz"));
        sound.put("shapes.tar.gz", Files.readAllBytes(folder.resolve("shapes.tar.gz")));
        var words = Files.createDirectory(folder.resolve("words"));
        MadeText.writePtb(words, 20, 5, 5, 1);
        sound.put("words.zip", zip(words));
        var random = new Random(14);
        var refused = 0;
        for (var archive : sound.entrySet()) {
            for (var i = 0; i < EACH; i++) {
                refused += offer(publisher, archive.getKey(), i, damaged(archive.getValue(), random));
            }
        }
        assertThat(faults).isEmpty();
        assertThat(refused).as("of %d", sound.size() * EACH).isGreaterThan(sound.size() * EACH / 2);
        assertThat(folder.resolve("work/publishing")).isEmptyDirectory();
        assertThatCode(() -> publisher.publish(request("good", scenes))).doesNotThrowAnyException();
    }

    /** Each picture damaged alone, in a set large enough to do without it. */
    @Test
    void shouldNameTheDamagedPicture() throws IOException {
        var publisher = publisher();
        var scenes = scenes();
        var victim = scenes.resolve("train/dots/victim");
        var random = new Random(15);
        var corrupt = 0;
        for (var format : FORMATS) {
            var picture = picture(format);
            for (var i = 0; i < EACH; i++) {
                var file = victim.resolveSibling("victim." + format);
                Files.write(file, damaged(picture, random));
                var before = corrupt;
                try {
                    var found = publisher.publish(request("d", scenes)).found().findings();
                    corrupt += found.corrupt().count();
                    if (corrupt > before && !found.lines().toString().contains("train/dots/victim." + format + ": ")) {
                        faults.put(format + i, found.lines().toString());
                    }
                } catch (RuntimeException e) {
                    faults.put(format + i, e.toString());
                }
                Files.delete(file);
            }
        }
        assertThat(faults).isEmpty();
        assertThat(corrupt).isGreaterThan(FORMATS.length * EACH / 4);
    }

    private int offer(DatasetPublisher publisher, String name, int i, byte[] content) throws IOException {
        var archive = Files.write(folder.resolve("damaged"), content);
        var told = log.told().size();
        try {
            publisher.publish(request("damaged-%d".formatted(i), archive));
            return 0;
        } catch (Refused e) {
            if (!isClear(e.getMessage())) {
                faults.put(name + i, e.getMessage());
            }
            if (log.told().size() != told) {
                faults.put(name + i, "told though refused");
            }
            return 1;
        } catch (RuntimeException | StackOverflowError e) {
            faults.put(
                    name + i,
                    "%s at %s".formatted(e, Arrays.toString(e.getStackTrace()).substring(0, 300)));
            return 0;
        }
    }

    private DatasetPublisher publisher() {
        var store = new InMemoryArtifactStore();
        return new DatasetPublisher(
                store,
                log,
                folder.resolve("work"),
                new DatasetFolders(List.of(folder), Optional.empty()),
                new DatasetBuckets(store, List.of()));
    }

    private static boolean isClear(String line) {
        return !line.isBlank()
                && line.length() <= 1_000
                && line.lines().count() == 1
                && !line.contains("null")
                && !line.contains("Exception");
    }

    private static DatasetRequest request(String name, Path location) {
        return DatasetRequest.read("{\"name\": \"%s\", \"location\": \"%s\"}".formatted(name, location.toUri()));
    }

    private Path scenes() throws IOException {
        var scenes = Files.createDirectory(folder.resolve("scenes"));
        MadeScenes.writeImageFolder(scenes, 3, 1, 16, 1);
        for (var format : FORMATS) {
            Files.write(scenes.resolve("train/dots/x." + format), picture(format));
        }
        return scenes;
    }

    private static byte[] picture(String format) throws IOException {
        var image = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
        var random = new Random(1);
        for (var y = 0; y < image.getHeight(); y++) {
            for (var x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    private static byte[] zip(Path root) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes);
                var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Bits flipped, an end or a middle cut away, a part overwritten or doubled, numbers in headers made huge. */
    static byte[] damaged(byte[] sound, Random random) {
        var bytes = sound.clone();
        switch (random.nextInt(6)) {
            case 0 -> {
                for (var i = 1 + random.nextInt(8); i > 0; i--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> {
                var from = random.nextInt(bytes.length);
                var to = Math.min(bytes.length, from + 1 + random.nextInt(200));
                bytes = join(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
            }
            case 3 -> {
                var from = random.nextInt(bytes.length);
                var to = Math.min(bytes.length, from + 1 + random.nextInt(64));
                var noise = new byte[to - from];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, from, noise.length);
            }
            case 4 -> {
                // Sizes stand at the beginning of most formats, and at the end of a zip.
                var at = random.nextBoolean()
                        ? random.nextInt(Math.min(64, bytes.length - 4))
                        : bytes.length - 4 - random.nextInt(Math.min(64, bytes.length - 4));
                Arrays.fill(bytes, at, at + 1 + random.nextInt(4), random.nextBoolean() ? (byte) 0x7f : (byte) 0xff);
            }
            default -> {
                var from = random.nextInt(bytes.length);
                bytes = join(bytes, Arrays.copyOfRange(bytes, from, bytes.length));
            }
        }
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        List.of(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }
}
