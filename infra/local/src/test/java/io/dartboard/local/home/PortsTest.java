package io.dartboard.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatItWrote() {
        var home = new Home(folder).create();
        var ports = Ports.from(19_000);

        ports.write(home);

        assertThat(Ports.read(home)).contains(ports);
    }

    @Test
    void shouldKnowNothingOfAStackThatNeverRan() {
        assertThat(Ports.read(new Home(folder))).isEmpty();
    }

    @Test
    void shouldSayWhatToDoWithAFileThatCannotBeRead() throws IOException {
        var home = new Home(folder).create();
        Files.writeString(home.portsFile(), "kafka=many\n");

        assertThatThrownBy(() -> Ports.read(home))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ports.properties cannot be read")
                .hasMessageContaining("delete it");
    }

    @Test
    void shouldRefuseABaseOutOfRange() {
        assertThatThrownBy(() -> Ports.from(80))
                .hasMessageContaining("between 1024 and")
                .hasMessageContaining("(was 80)");
        assertThatThrownBy(() -> Ports.from(65_530)).hasMessageContaining("(was 65530)");
    }

    @Test
    void shouldGiveEveryMemberPortsOfItsOwn() {
        for (var ports : new Ports[] {Ports.standard(), Ports.from(19_000), Ports.free()}) {
            var all = new HashSet<Integer>();
            for (var member : Member.values()) {
                all.addAll(ports.of(member).keySet());
            }
            assertThat(all).hasSize(11);
        }
    }

    @Test
    void shouldSeeAPortThatIsTaken() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(Ports.taken(socket.getLocalPort())).isTrue();
        }
        assertThat(Ports.taken(Ports.free().kafka())).isFalse();
    }

    @Test
    void shouldMakeCredentialsOnceAndForItsOwnerAlone() throws IOException {
        var home = new Home(folder).create();

        var made = Credentials.of(home);

        assertThat(Credentials.of(home)).isEqualTo(made);
        assertThat(made.secretKey()).hasSize(40);
        assertThat(made.toString()).doesNotContain(made.secretKey());
        assertThat(Files.getPosixFilePermissions(home.credentialsFile())).hasSize(2);
    }
}
