package io.dartboard.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        for (var ports : new Ports[] {Ports.standard(), Ports.from(19_000), Ports.free(1)}) {
            var all = new HashSet<Integer>();
            ports.instances().forEach(instance -> all.addAll(ports.of(instance).keySet()));
            assertThat(all).hasSize(11);
        }
    }

    @Test
    void shouldGiveEveryFurtherWorkerAPortForItsHealthAlone() {
        for (var ports : new Ports[] {
            Ports.standard().withWorkers(4),
            Ports.from(19_000).withWorkers(4),
            Ports.free(4),
            Ports.free(1).withWorkers(4)
        }) {
            var all = new ArrayList<Integer>();
            ports.instances().forEach(instance -> all.addAll(ports.of(instance).keySet()));

            assertThat(ports.workers()).isEqualTo(4);
            assertThat(all).hasSize(11 + 3 * 3).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldRememberHowManyWorkersThereAre() {
        var home = new Home(folder).create();

        Ports.standard().withWorkers(3).write(home);

        assertThat(Ports.read(home).orElseThrow().instances())
                .extracting(Instance::id)
                .containsExactly(
                        "stack",
                        "search-svc",
                        "derive-svc",
                        "eval-svc",
                        "transfer-svc",
                        "search-svc-2",
                        "eval-svc-2",
                        "transfer-svc-2",
                        "search-svc-3",
                        "eval-svc-3",
                        "transfer-svc-3");
        assertThatThrownBy(() -> Ports.standard().withWorkers(0)).hasMessageContaining("between 1 and 9 (was 0)");
        assertThatThrownBy(() -> Ports.standard().withWorkers(10)).hasMessageContaining("(was 10)");
    }

    @Test
    void shouldNameEveryProcessOfTheStackAndNoOther() {
        assertThat(Instance.named("eval-svc-2", 3)).isEqualTo(new Instance(Member.EVAL, 2));
        assertThat(Instance.named("eval", 3)).isEqualTo(Instance.first(Member.EVAL));
        assertThatThrownBy(() -> Instance.named("eval-svc-4", 3)).hasMessageContaining("no service 'eval-svc-4'");
        assertThatThrownBy(() -> Instance.named("derive-svc-2", 3)).hasMessageContaining("no service 'derive-svc-2'");
    }

    @Test
    void shouldSeeAPortThatIsTaken() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(Ports.taken(socket.getLocalPort())).isTrue();
        }
        assertThat(Ports.taken(Ports.free(1).kafka())).isFalse();
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
