package io.dartboard.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dartboard.pipeline.config.StoreCredentials;
import io.dartboard.pipeline.config.StoreSettings;
import io.dartboard.pipeline.testkit.Certificate;
import io.dartboard.pipeline.testkit.EmbeddedS3;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stores as operators have them: behind TLS of their own authority, behind a proxy's path, with keys from elsewhere. */
class S3ConnectionIT {
    @TempDir
    static Path folder;

    private static Certificate certificate;
    private static EmbeddedS3 secured;
    private static EmbeddedS3 plain;

    @BeforeAll
    static void start() throws Exception {
        certificate = Certificate.make(folder.resolve("certificates"), "store", "dns:localhost");
        secured = new EmbeddedS3(folder.resolve("secured"), certificate);
        plain = new EmbeddedS3(folder.resolve("plain"));
    }

    @AfterAll
    static void stop() throws Exception {
        secured.close();
        plain.close();
    }

    @Test
    void shouldTrustAPrivateAuthority() {
        try (var store = new S3ArtifactStore(
                trusting(secured.settings().endpoint(), certificate.trusted().toString()))) {
            storesAndReads(store);
        }
    }

    @Test
    void shouldNameTheAuthorityThatIsNotKnown() {
        try (var store = new S3ArtifactStore(secured.settings())) {
            assertThatThrownBy(store::ensureBucket)
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("dartboard.s3.ca-file")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void shouldSayThatTheCertificateIsForAnotherName() {
        var byNumber = secured.settings().endpoint().replace("localhost", "127.0.0.1");
        try (var store =
                new S3ArtifactStore(trusting(byNumber, certificate.trusted().toString()))) {
            assertThatThrownBy(store::ensureBucket)
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("for another name");
        }
    }

    @Test
    void shouldNameTheFileOfTheAuthorityThatIsWrong() throws Exception {
        var garbage = Files.writeString(folder.resolve("garbage.pem"), "no certificate");

        assertThatThrownBy(() -> new S3ArtifactStore(trusting(secured.settings().endpoint(), "/no/such/ca.pem")))
                .hasMessageContaining("dartboard.s3.ca-file")
                .hasMessageContaining("/no/such/ca.pem");
        assertThatThrownBy(() -> new S3ArtifactStore(trusting(secured.settings().endpoint(), garbage.toString())))
                .hasMessageContaining("dartboard.s3.ca-file")
                .hasMessageContaining("garbage.pem");
    }

    @Test
    void shouldReachAStoreBehindAPath() throws Exception {
        var seen = new AtomicReference<>("");
        var proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/tools/s3/", exchange -> forward(exchange, "/tools/s3", seen));
        proxy.start();
        var settings = new StoreSettings(
                "http://127.0.0.1:%d/tools/s3/".formatted(proxy.getAddress().getPort()),
                plain.settings().credentials(),
                "nas",
                "us-east-1",
                "");
        try (var store = new S3ArtifactStore(settings)) {
            storesAndReads(store);
            assertThat(seen.get()).startsWith("/tools/s3/nas/kit/");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void shouldReadKeysFromFilesAndHearOfTheirChange() throws Exception {
        var access = Files.writeString(folder.resolve("access"), "access\n");
        var secret = folder.resolve("secret");
        var settings = new StoreSettings(
                plain.settings().endpoint(), new StoreCredentials.KeyFiles(access, secret), "nas", "us-east-1", "");
        try (var store = new S3ArtifactStore(settings)) {
            assertThatThrownBy(store::ensureBucket)
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining(secret.toString())
                    .hasMessageContaining("dartboard.s3.credentials");

            Files.writeString(secret, "wrong-secret");
            assertThatThrownBy(() -> store.put("kit/x", new byte[1]))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("keys in the files")
                    .hasMessageNotContaining("wrong-secret");

            Files.writeString(secret, "secret-of-access\n");
            storesAndReads(store);
        }
    }

    @Test
    void shouldSayWhichCredentialsAreMissing() {
        var settings = new StoreSettings(
                plain.settings().endpoint(), new StoreCredentials.Environment(), "nas", "us-east-1", "");
        try (var store = new S3ArtifactStore(settings)) {
            assertThatThrownBy(store::ensureBucket)
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("AWS_ACCESS_KEY_ID");
        }
    }

    @Test
    void shouldSayThatTheSchemeIsWrong() {
        try (var overTls =
                        new S3ArtifactStore(trusting(plain.settings().endpoint().replace("http", "https"), ""));
                var withoutTls = new S3ArtifactStore(
                        trusting(secured.settings().endpoint().replace("https", "http"), ""))) {
            assertThatThrownBy(overTls::ensureBucket)
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("check the scheme of dartboard.s3.endpoint");
            assertThatThrownBy(() -> withoutTls.get("kit/x"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("dartboard.s3.endpoint");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AccessDenied, have somebody create bucket nas",
        "RequestTimeTooSkewed, set the clock",
        "InvalidAccessKeyId, check the keys of dartboard.s3.access-key",
        "AuthorizationHeaderMalformed, dartboard.s3.region"
    })
    void shouldSayWhatToDoAboutARefusal(String code, String advice) throws Exception {
        var refusing = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        refusing.createContext("/", exchange -> {
            var missing = exchange.getRequestMethod().equals("HEAD");
            var body = "<Error><Code>%s</Code><Message>no</Message></Error>".formatted(code);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/xml");
            exchange.sendResponseHeaders(missing ? 404 : 403, missing ? -1 : body.length());
            if (!missing) {
                exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            }
            exchange.close();
        });
        refusing.start();
        try (var store = new S3ArtifactStore(
                trusting("http://127.0.0.1:" + refusing.getAddress().getPort(), ""))) {
            assertThatThrownBy(store::ensureBucket)
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining(code)
                    .hasMessageContaining(advice);
        } finally {
            refusing.stop(0);
        }
    }

    private static void storesAndReads(S3ArtifactStore store) {
        store.ensureBucket();
        var key = "kit/a b+%d".formatted(System.nanoTime());
        var ref = store.put(key, "content".getBytes(StandardCharsets.UTF_8));
        assertThat(store.get(ref)).asString(StandardCharsets.UTF_8).isEqualTo("content");
        assertThat(store.list("kit/")).contains(key);
        assertThat(store.putIfAbsent(key, new byte[1])).isFalse();
    }

    private static StoreSettings trusting(String endpoint, String caFile) {
        return new StoreSettings(endpoint, secured.settings().credentials(), "nas", "us-east-1", caFile);
    }

    /** As a proxy does it: takes the path away and leaves everything else, the Host header included. */
    private static void forward(HttpExchange exchange, String path, AtomicReference<String> seen) throws IOException {
        var uri = exchange.getRequestURI().toString();
        seen.accumulateAndGet(uri, (before, now) -> now.contains("/kit/") ? now : before);
        var target = URI.create(plain.settings().endpoint());
        try (var socket = new Socket(target.getHost(), target.getPort())) {
            var head = new StringBuilder(
                    "%s %s HTTP/1.1\r\n".formatted(exchange.getRequestMethod(), uri.substring(path.length())));
            exchange.getRequestHeaders().forEach((name, values) -> values.stream()
                    .filter(value -> !List.of("connection", "transfer-encoding")
                            .contains(name.toLowerCase(java.util.Locale.ROOT)))
                    .forEach(value ->
                            head.append(name).append(": ").append(value).append("\r\n")));
            head.append("Connection: close\r\n\r\n");
            var out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            exchange.getRequestBody().transferTo(out);
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            answer(exchange, in.readAllBytes());
        }
    }

    private static void answer(HttpExchange exchange, byte[] response) throws IOException {
        var text = new String(response, StandardCharsets.ISO_8859_1);
        var end = text.indexOf("\r\n\r\n");
        var lines = text.substring(0, end).split("\r\n");
        var chunked = false;
        for (var line : List.of(lines).subList(1, lines.length)) {
            var name = line.substring(0, line.indexOf(':'));
            chunked |= name.equalsIgnoreCase("Transfer-Encoding");
            if (!List.of("connection", "transfer-encoding", "content-length")
                    .contains(name.toLowerCase(java.util.Locale.ROOT))) {
                exchange.getResponseHeaders()
                        .add(name, line.substring(line.indexOf(':') + 1).strip());
            }
        }
        var body = text.substring(end + 4);
        var bytes = (chunked ? unchunked(body) : body).getBytes(StandardCharsets.ISO_8859_1);
        var status = Integer.parseInt(lines[0].split(" ")[1]);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static String unchunked(String body) {
        var whole = new StringBuilder();
        var at = 0;
        while (true) {
            var line = body.indexOf("\r\n", at);
            var size = Integer.parseInt(body.substring(at, line).strip(), 16);
            if (size == 0) {
                return whole.toString();
            }
            whole.append(body, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
    }
}
