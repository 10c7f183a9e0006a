package io.dartboard.nas.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestsTest {

    @Test
    void shouldDigestBytesTextStreamsAndFilesAlike(@TempDir Path folder) throws Exception {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        Path file = Files.writeString(folder.resolve("abc"), "abc");
        assertThat(Digests.sha256("abc")).isEqualTo(abc);
        assertThat(Digests.sha256("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(abc);
        assertThat(Digests.sha256(file)).isEqualTo(abc);
        byte[] large = new byte[200_000];
        new RandomStreams(0).stream("large").nextBytes(large);
        Files.write(file, large);
        assertThat(Digests.sha256(file)).isEqualTo(Digests.sha256(large));
    }
}
