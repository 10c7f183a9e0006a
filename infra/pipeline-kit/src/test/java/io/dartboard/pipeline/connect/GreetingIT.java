package io.dartboard.pipeline.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.testkit.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses at which something else answers than a broker that is spoken to rightly. */
class GreetingIT {
    /** As a TLS server answers to what is no greeting: 352 MB, for who takes it for a length. */
    private static final byte[] ALERT = {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46, 0x00};

    private static final byte[] HTTP =
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : open) {
            each.close();
        }
    }

    @Test
    void shouldLeaveASmallHeapAliveWhateverAnswers() throws Exception {
        var tls = "localhost:" + answering(ServerSocketFactory.getDefault(), ALERT);
        var http = "localhost:" + answering(ServerSocketFactory.getDefault(), HTTP);

        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        tls,
                        http)
                .redirectErrorStream(true)
                .start();
        var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said)
                .contains("alive with 256 MB")
                .doesNotContain("OutOfMemoryError")
                .doesNotContain("nothing was refused")
                .doesNotContain("left running");
        for (var part : List.of("probe", "topics", "read", "send")) {
            assertThat(said.lines().filter(line -> line.startsWith(part + ": ")))
                    .hasSize(2)
                    .anySatisfy(line -> assertThat(line)
                            .contains(tls + " speaks TLS; set dartboard.kafka.properties.\"security.protocol\"=SSL"))
                    .anySatisfy(line -> assertThat(line).contains(http + " is an HTTP server and no broker"));
        }
    }

    @Test
    void shouldKnowAnHttpServerBehindTls() throws Exception {
        var certificate = Certificate.make(folder, "server", "dns:localhost");
        var port = answering(showing(certificate).getServerSocketFactory(), HTTP);
        var secured = KafkaSettings.at("localhost:" + port)
                .with(Map.of(
                        "security.protocol",
                        "SSL",
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.location",
                        certificate.trusted().toString()));

        assertThatThrownBy(() -> Greeting.exchange(secured)).hasMessageContaining("is an HTTP server and no broker");
        assertThatThrownBy(() -> Greeting.exchange(KafkaSettings.at("localhost:" + port)))
                .hasMessageContaining("localhost:%d speaks TLS".formatted(port));
    }

    @Test
    void shouldKnowAnHttpServerWhereTlsWasExpected() throws Exception {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
        open.add(() -> http.stop(0));
        var secured =
                KafkaSettings.at("localhost:" + http.getAddress().getPort()).with(Map.of("security.protocol", "SSL"));

        assertThatThrownBy(() -> Greeting.exchange(secured)).hasMessageContaining("is an HTTP server and no broker");
        assertThatThrownBy(() -> Greeting.exchange(KafkaSettings.at(secured.bootstrapServers())))
                .hasMessageContaining("is an HTTP server and no broker");
    }

    @Test
    void shouldSayWhereNobodyListensAndWhatIsNoAddress() {
        assertThatThrownBy(() -> Greeting.exchange(KafkaSettings.at("localhost:1,no-such-host.invalid:9092")))
                .isInstanceOf(KafkaUnavailable.class)
                .hasMessageContaining("localhost:1: nothing listens there")
                .hasMessageContaining("no-such-host.invalid:9092: its name is not known")
                .hasMessageContaining("dartboard.kafka.bootstrap-servers");
        assertThatThrownBy(() -> Greeting.exchange(KafkaSettings.at("kafka")))
                .isInstanceOf(KafkaUnavailable.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldNameTheOneAddressOfSeveralThatIsNoBroker() throws Exception {
        var wrong = "localhost:" + answering(ServerSocketFactory.getDefault(), HTTP);

        assertThatThrownBy(() -> Greeting.exchange(KafkaSettings.at("localhost:1," + wrong)))
                .hasMessageContaining(wrong + " is an HTTP server");
    }

    private int answering(ServerSocketFactory kind, byte[] bytes) throws IOException {
        var server = kind.createServerSocket(0, 50, InetAddress.getByName("localhost"));
        open.add(server);
        var thread = new Thread(
                () -> {
                    while (!server.isClosed()) {
                        try (var socket = server.accept()) {
                            if (socket.getInputStream().read(new byte[64]) < 0) {
                                continue;
                            }
                            socket.getOutputStream().write(bytes);
                            socket.getOutputStream().flush();
                            Thread.sleep(200);
                        } catch (IOException | InterruptedException e) {
                            // The next one.
                        }
                    }
                },
                "answers");
        thread.setDaemon(true);
        thread.start();
        return server.getLocalPort();
    }

    private static SSLContext showing(Certificate certificate) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(
                KeyStore.getInstance(certificate.store().toFile(), Certificate.PASSWORD.toCharArray()),
                Certificate.PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
