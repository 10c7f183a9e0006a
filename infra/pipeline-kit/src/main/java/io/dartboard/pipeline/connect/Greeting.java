package io.dartboard.pipeline.connect;

import io.dartboard.pipeline.config.KafkaSettings;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;

/**
 * A few bytes exchanged with each bootstrap address before a client is made. A client of Kafka takes the first four bytes
 * that come back for a length and makes room for it: the alert of a TLS port is 352 MB, the word HTTP 1.2 GB, and a small
 * heap dies of it. So the address is asked which versions it speaks, over TLS where that is configured, with the
 * certificates that the client will use, and whoever does not answer as a broker is named.
 */
final class Greeting {
    private static final int WITHIN_MS = 5_000;
    private static final short API_VERSIONS = 18;
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final int TLS_ALERT = 0x15;
    private static final int TLS_MAJOR = 3;
    private static final int HTTP = 0x48545450;

    private final AdminClientConfig settings;
    private final boolean tls;
    private final boolean login;

    private Greeting(AdminClientConfig settings) {
        this.settings = settings;
        var protocol =
                settings.getString(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG).toUpperCase(Locale.ROOT);
        this.tls = protocol.endsWith("SSL");
        this.login = protocol.startsWith("SASL");
    }

    /**
     * Returns if a broker answers at one of the addresses, and nothing else at the others.
     *
     * @throws KafkaUnavailable if not; one line
     */
    static void exchange(KafkaSettings kafka) {
        Greeting greeting;
        try {
            var all = kafka.client().forAdmin();
            all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
            greeting = new Greeting(new AdminClientConfig(all));
        } catch (KafkaException | IllegalArgumentException e) {
            throw new KafkaUnavailable(KafkaTrouble.of(kafka, e), e);
        }
        var away = new ArrayList<String>();
        var answered = false;
        for (var address : addresses(kafka.bootstrapServers())) {
            var silence = greeting.ask(kafka, address);
            answered |= silence.isEmpty();
            if (!silence.isEmpty()) {
                away.add("%s: %s".formatted(address, silence));
            }
        }
        if (!answered) {
            throw new KafkaUnavailable(
                    "no broker answers (%s); check dartboard.kafka.bootstrap-servers and that the broker is up"
                            .formatted(String.join(", ", away)));
        }
    }

    private static List<String> addresses(String bootstrapServers) {
        return List.of(bootstrapServers.strip().split("\\s*,\\s*"));
    }

    /**
     * Speaks to an address.
     *
     * @return empty if a broker answered, else why nobody did
     * @throws KafkaUnavailable if it is no broker, or one that is spoken to otherwise
     */
    private String ask(KafkaSettings kafka, String address) {
        var host = Utils.getHost(address);
        var port = Utils.getPort(address);
        if (host == null || port == null) {
            throw new KafkaUnavailable(
                    "'%s' is no address of a broker; set dartboard.kafka.bootstrap-servers to host:port, with commas between several"
                            .formatted(address));
        }
        try {
            var answer = tls ? overTls(host, port) : plainly(host, port);
            if (answer == Answer.HUNG_UP && !tls && speaksTls(host, port)) {
                answer = Answer.TLS;
            }
            return judge(address, answer);
        } catch (SSLHandshakeException e) {
            if (e.getCause() instanceof EOFException) {
                refuseWhoSpeaksPlainly(address, host, port);
            }
            throw new KafkaUnavailable("%s: %s".formatted(address, KafkaTrouble.of(kafka, e)), e);
        } catch (KafkaException e) {
            throw new KafkaUnavailable("%s: %s".formatted(address, KafkaTrouble.of(kafka, e)), e);
        } catch (ConnectException | UnknownHostException e) {
            return reason(e);
        } catch (IOException e) {
            if (tls) {
                refuseWhoSpeaksPlainly(address, host, port);
            }
            return reason(e);
        }
    }

    private String judge(String address, Answer answer) {
        return switch (answer) {
            case KAFKA -> "";
            case LOGIN -> {
                if (login) {
                    yield "";
                }
                throw new KafkaUnavailable(
                        "%s is a broker that asks for a login; set dartboard.kafka.properties.\"security.protocol\"=%s with sasl.mechanism and sasl.jaas.config"
                                .formatted(address, tls ? "SASL_SSL" : "SASL_PLAINTEXT"));
            }
            case TLS ->
                throw new KafkaUnavailable(
                        "%s speaks TLS; set dartboard.kafka.properties.\"security.protocol\"=%s, or the port of the broker's plain listener"
                                .formatted(address, login ? "SASL_SSL" : "SSL"));
            case HTTP ->
                throw new KafkaUnavailable(
                        "%s is an HTTP server and no broker; set dartboard.kafka.bootstrap-servers".formatted(address));
            case OTHER ->
                throw new KafkaUnavailable(
                        "%s does not speak Kafka's protocol; set dartboard.kafka.bootstrap-servers".formatted(address));
            case HUNG_UP ->
                // With TLS 1.3 the refusal may be overtaken by the end of the connection.
                tls
                        ? "hangs up once TLS stands, as a broker does that wants a certificate of the client: set dartboard.kafka.properties.\"ssl.keystore.location\" to one that it trusts"
                        : "hangs up without an answer";
            case SILENCE -> "answers nothing within %d s".formatted(WITHIN_MS / 1000);
        };
    }

    private Answer plainly(String host, int port) throws IOException {
        try (var socket = connected(host, port)) {
            return greet(socket);
        }
    }

    /** With the stores, keys and names that the client will use. */
    private Answer overTls(String host, int port) throws IOException {
        var tlsSettings = TlsSettings.of(settings);
        if (tlsSettings.isEmpty()) {
            return Answer.KAFKA; // An installation's own engine; it has its own words.
        }
        try (var socket = connected(host, port);
                var secured = tlsSettings.get().over(socket, host, port)) {
            secured.startHandshake();
            return greet(secured);
        }
    }

    /**
     * Asks for the versions; once more where no login is configured, since a listener with a login answers the first and no
     * second. Where one is configured, that would count as a failed login at the broker.
     */
    private Answer greet(Socket socket) throws IOException {
        var first = question(socket, 1);
        if (first != Answer.KAFKA || login) {
            return first;
        }
        var second = question(socket, 2);
        return second == Answer.HUNG_UP ? Answer.LOGIN : second;
    }

    private static Answer question(Socket socket, int number) throws IOException {
        try {
            var out = new DataOutputStream(socket.getOutputStream());
            out.write(request(number));
            out.flush();
            return answer(new DataInputStream(socket.getInputStream()), number);
        } catch (EOFException e) {
            return Answer.HUNG_UP;
        } catch (SocketTimeoutException e) {
            return isHttp(socket) ? Answer.HTTP : Answer.SILENCE;
        } catch (SSLException e) {
            throw e;
        } catch (IOException e) {
            return Answer.HUNG_UP; // The connection was reset.
        }
    }

    /** Many an HTTP server says nothing before its request ends with an empty line. */
    private static boolean isHttp(Socket socket) {
        try {
            socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new DataInputStream(socket.getInputStream()).readInt() == HTTP;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] request(int number) {
        var name = "dartboard".getBytes(StandardCharsets.UTF_8);
        var body = Short.BYTES + Short.BYTES + Integer.BYTES + Short.BYTES + name.length;
        return ByteBuffer.allocate(Integer.BYTES + body)
                .putInt(body)
                .putShort(API_VERSIONS)
                .putShort((short) 0)
                .putInt(number)
                .putShort((short) name.length)
                .put(name)
                .array();
    }

    private static Answer answer(DataInputStream in, int number) throws IOException {
        var length = in.readInt();
        if (length == HTTP) {
            return Answer.HTTP;
        }
        if (length >>> 24 == TLS_ALERT && (length >>> 16 & 0xFF) == TLS_MAJOR) {
            return Answer.TLS;
        }
        if (length < Integer.BYTES || length > LONGEST_ANSWER || in.readInt() != number) {
            return Answer.OTHER;
        }
        in.skipNBytes(length - Integer.BYTES);
        return Answer.KAFKA;
    }

    /** Where TLS came to nothing, perhaps something else speaks. */
    private void refuseWhoSpeaksPlainly(String address, String host, int port) {
        Answer answer;
        try {
            answer = plainly(host, port);
        } catch (IOException e) {
            return; // Then what TLS said is the better word.
        }
        if (answer == Answer.KAFKA || answer == Answer.LOGIN) {
            throw new KafkaUnavailable(
                    "%s is a broker without TLS; set dartboard.kafka.properties.\"security.protocol\"=%s, or the port of the broker's TLS listener"
                            .formatted(address, login ? "SASL_PLAINTEXT" : "PLAINTEXT"));
        }
        if (answer == Answer.HTTP) {
            judge(address, answer);
        }
    }

    /** True if the address answers a TLS greeting in kind; whether we would trust it does not matter here. */
    private static boolean speaksTls(String host, int port) {
        try (var socket = connected(host, port);
                var secured =
                        ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(socket, host, port, true)) {
            ((javax.net.ssl.SSLSocket) secured).startHandshake();
            return true;
        } catch (SSLHandshakeException e) {
            return !(e.getCause() instanceof EOFException);
        } catch (IOException e) {
            return false;
        }
    }

    private static Socket connected(String host, int port) throws IOException {
        var socket = new Socket();
        try {
            socket.setSoTimeout(WITHIN_MS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), WITHIN_MS);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return "its name is not known";
        }
        if (e instanceof ConnectException) {
            return "nothing listens there (%s)".formatted(e.getMessage());
        }
        if (e instanceof SocketTimeoutException) {
            return "no answer within %d s".formatted(WITHIN_MS / 1000);
        }
        return String.valueOf(e.getMessage());
    }
}
