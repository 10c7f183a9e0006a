package io.dartboard.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.dartboard.local.home.Ports;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultyStoreIT {
    private static final String CONTENT = "tensors ".repeat(1000);

    private final AtomicReference<String> received = new AtomicReference<>("");
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer backend;
    private final FaultyStore store;

    FaultyStoreIT() throws IOException {
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", exchange -> {
            received.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                    + exchange.getRequestHeaders().getFirst("Host"));
            var body = CONTENT.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        backend.start();
        store = new FaultyStore(Ports.free(1).s3(), backend.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        store.close();
        backend.stop(0);
    }

    @Test
    void shouldPassRequestsOnAsTheyCame() throws Exception {
        var put = client.send(
                request().PUT(HttpRequest.BodyPublishers.ofString(CONTENT)).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.body()).isEqualTo(CONTENT);
        assertThat(received.get()).isEqualTo(CONTENT + store.endpoint().substring("http://".length()));
        assertThat(store.spoiled()).isZero();
    }

    @Test
    void shouldPassChunkedBodiesOn() throws Exception {
        var body = HttpRequest.BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(CONTENT.getBytes(StandardCharsets.UTF_8)));

        client.send(
                request().version(HttpClient.Version.HTTP_1_1).PUT(body).build(),
                HttpResponse.BodyHandlers.discarding());

        assertThat(received.get()).startsWith(CONTENT);
    }

    @Test
    void shouldFailAsAStoreFails() throws Exception {
        store.begin(FaultKind.STORE_ERRORS, 1, 5);

        assertThat(get().statusCode()).isIn(500, 503);
        assertThat(store.spoiled()).isEqualTo(1);
    }

    @Test
    void shouldReplaceWhatIsRead() throws Exception {
        store.begin(FaultKind.STORE_LIES, 1, 5);

        assertThat(get().body()).hasSize(CONTENT.length()).isNotEqualTo(CONTENT);
    }

    @Test
    void shouldCutWhatIsRead() {
        store.begin(FaultKind.STORE_CUTS, 1, 5);

        assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    }

    @Test
    void shouldRefuseConnectionsUntilTheFaultEnds() throws Exception {
        store.begin(FaultKind.STORE_AWAY, 1, 5);
        assertThatThrownBy(this::get).isInstanceOf(ConnectException.class);

        store.end();
        assertThat(get().body()).isEqualTo(CONTENT);
    }

    private HttpResponse<String> get() throws IOException, InterruptedException {
        return client.send(request().GET().build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create(store.endpoint() + "/nas/key"));
    }
}
