package io.dartboard.local.chaos;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP endpoint before the object store that passes requests on, and spoils a part of them while a fault is set. One
 * request a connection, so that where a body ends is where the connection does; signatures stay valid, since the signed
 * headers are passed on as they came.
 */
final class FaultyStore implements AutoCloseable {
    private static final int TIMEOUT_MS = 60_000;
    private static final int MOST_HEAD_BYTES = 64 << 10;
    private static final String HEAD_END = "\r\n\r\n";

    private final int port;
    private final int backend;
    private final ExecutorService connections = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "faulty-store");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong spoiled = new AtomicLong();
    private volatile @Nullable ServerSocket listening;
    private volatile @Nullable Fault fault;

    /** Listens at once. */
    FaultyStore(int port, int backend) {
        this.port = port;
        this.backend = backend;
        listen();
    }

    /**
     * What is done to requests, and to which share of them.
     *
     * @param kind one of those of the store
     * @param share from 0 to 1
     * @param random draws which
     */
    private record Fault(FaultKind kind, double share, Random random) {
        synchronized boolean strikes() {
            return random.nextDouble() < share;
        }

        synchronized int below(int bound) {
            return random.nextInt(bound);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** Requests that were spoiled so far. */
    long spoiled() {
        return spoiled.get();
    }

    /** Sets a fault; one that is set already is replaced. */
    void begin(FaultKind kind, double share, long seed) {
        end();
        if (kind == FaultKind.STORE_AWAY) {
            deafen();
        } else {
            fault = new Fault(kind, share, new Random(seed));
        }
    }

    /** Passes everything on again. */
    void end() {
        fault = null;
        if (listening == null) {
            listen();
        }
    }

    @Override
    public void close() {
        deafen();
        connections.shutdownNow();
    }

    private void listen() {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            listening = socket;
            connections.execute(() -> accept(socket));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port %d: %s".formatted(port, e.getMessage()), e);
        }
    }

    private void deafen() {
        var socket = listening;
        listening = null;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                connections.execute(() -> serve(client));
            } catch (IOException e) {
                return; // Closed: nobody is heard until the fault ends.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var in = new BufferedInputStream(client.getInputStream());
                var out = client.getOutputStream()) {
            client.setSoTimeout(TIMEOUT_MS);
            var head = head(in);
            if (head.isEmpty()) {
                return;
            }
            var now = fault;
            var struck = now != null && now.strikes() ? now : null;
            if (struck != null) {
                spoiled.incrementAndGet();
            }
            pass(head.get(), in, out, struck);
        } catch (IOException e) {
            // The caller or the store has hung up; to the other it looks the same.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(String head, InputStream in, OutputStream out, @Nullable Fault struck)
            throws IOException, InterruptedException {
        var body = body(head, in);
        if (struck != null && struck.kind() == FaultKind.STORE_SLOW) {
            Thread.sleep(Duration.ofMillis(200L + struck.below(2_800)).toMillis());
        }
        // Half of the errors come after the store has done what was asked: the caller cannot know.
        if (struck != null && struck.kind() == FaultKind.STORE_ERRORS && struck.below(2) == 0) {
            refuse(out, struck);
            return;
        }
        var response = ask(head, body);
        if (struck != null && struck.kind() == FaultKind.STORE_ERRORS) {
            refuse(out, struck);
            return;
        }
        var content = response.body();
        if (struck != null && content.length > 0 && head.startsWith("GET ")) {
            if (struck.kind() == FaultKind.STORE_LIES) {
                for (var change = 0; change < 1 + content.length / 64; change++) {
                    content[struck.below(content.length)] ^= (byte) (1 + struck.below(255));
                }
            } else if (struck.kind() == FaultKind.STORE_CUTS) {
                content = Arrays.copyOf(content, struck.below(content.length));
            }
        }
        out.write(response.head().getBytes(StandardCharsets.ISO_8859_1));
        out.write(content);
        out.flush();
    }

    private static void refuse(OutputStream out, Fault struck) throws IOException {
        var status = struck.below(2) == 0 ? "500 Internal Server Error" : "503 Slow Down";
        out.write(("HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close%s".formatted(status, HEAD_END))
                .getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** The store's answer, whole. */
    private record Response(String head, byte[] body) {}

    private Response ask(String head, byte[] body) throws IOException {
        try (var store = new Socket(InetAddress.getLoopbackAddress(), backend)) {
            store.setSoTimeout(TIMEOUT_MS);
            var to = store.getOutputStream();
            to.write(closing(head).getBytes(StandardCharsets.ISO_8859_1));
            to.write(body);
            to.flush();
            var from = new BufferedInputStream(store.getInputStream());
            var answer = head(from).orElseThrow(() -> new IOException("the store gave no answer"));
            while (answer.startsWith("HTTP/1.1 100")) {
                answer = head(from).orElseThrow(() -> new IOException("the store gave no answer"));
            }
            return new Response(closing(answer), from.readAllBytes());
        }
    }

    /** The body as it is on the wire; chunks stay chunks. */
    private static byte[] body(String head, InputStream in) throws IOException {
        var length = header(head, "content-length");
        if (length.isPresent()) {
            return in.readNBytes(Integer.parseInt(length.get()));
        }
        if (header(head, "transfer-encoding").isEmpty()) {
            return new byte[0];
        }
        var body = new ByteArrayOutputStream();
        var tail = "";
        while (!tail.endsWith("0" + HEAD_END)) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("the request ends within its body");
            }
            body.write(next);
            tail = (tail + (char) next).substring(Math.max(0, tail.length() - HEAD_END.length()));
        }
        return body.toByteArray();
    }

    private static String closing(String head) {
        var lines = new StringBuilder();
        head.strip()
                .lines()
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("connection:"))
                .forEach(line -> lines.append(line).append("\r\n"));
        return lines.append("Connection: close").append(HEAD_END).toString();
    }

    private static Optional<String> header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** First line and headers with the empty line behind them; empty where the other side has hung up. */
    private static Optional<String> head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < MOST_HEAD_BYTES) {
            var next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            head.append((char) next);
            if (next == '\n'
                    && head.length() >= HEAD_END.length()
                    && head.substring(head.length() - 4).equals(HEAD_END)) {
                return Optional.of(head.toString());
            }
        }
        throw new IOException("a head of more than %d bytes".formatted(MOST_HEAD_BYTES));
    }
}
