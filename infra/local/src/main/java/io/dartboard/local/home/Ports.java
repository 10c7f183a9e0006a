package io.dartboard.local.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The ports of a local stack, all on the loopback interface.
 *
 * @param kafka clients of the broker
 * @param controller the broker's own quorum
 * @param s3 the S3 endpoint
 * @param http REST of the services, in data-flow order
 * @param management health and metrics of the services, in data-flow order
 */
public record Ports(int kafka, int controller, int s3, List<Integer> http, List<Integer> management) {
    private static final int HIGHEST = 65_535;
    private static final int SPAN = 30;
    private static final String HOST = "127.0.0.1";

    public Ports {
        http = List.copyOf(http);
        management = List.copyOf(management);
        var services = Member.services().size();
        if (http.size() != services || management.size() != services) {
            throw new IllegalArgumentException(
                    "there must be one HTTP and one management port for each of the %d services".formatted(services));
        }
    }

    /** The ports that people expect: Kafka 9092, S3 9000, services 8081 to 8084 and 9081 to 9084. */
    public static Ports standard() {
        return new Ports(9092, 9093, 9000, List.of(8081, 8082, 8083, 8084), List.of(9081, 9082, 9083, 9084));
    }

    /**
     * Thirty ports in a row: base and the two after it for Kafka and S3, base + 11 to 14 for HTTP, base + 21 to 24 for
     * management.
     *
     * @throws IllegalArgumentException if the base is below 1024 or too high
     */
    public static Ports from(int base) {
        if (base < 1024 || base + SPAN > HIGHEST) {
            throw new IllegalArgumentException(
                    "the port base must be between 1024 and %d (was %d)".formatted(HIGHEST - SPAN, base));
        }
        return new Ports(base, base + 1, base + 2, row(base + 11), row(base + 21));
    }

    /** Ports that nobody uses now, as the kernel gives them. */
    public static Ports free() {
        var sockets = new ArrayList<ServerSocket>();
        try {
            var free = new ArrayList<Integer>();
            for (var port = 0; port < 11; port++) {
                var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                free.add(socket.getLocalPort());
            }
            return new Ports(free.get(0), free.get(1), free.get(2), free.subList(3, 7), free.subList(7, 11));
        } catch (IOException e) {
            throw new UncheckedIOException("no free ports: " + e.getMessage(), e);
        } finally {
            sockets.forEach(Ports::closeQuietly);
        }
    }

    /** Clients of Kafka connect here. */
    public String bootstrapServers() {
        return HOST + ":" + kafka;
    }

    /** Clients of S3 connect here. */
    public String s3Endpoint() {
        return "http://%s:%d".formatted(HOST, s3);
    }

    /** REST of a service. */
    public int http(Member service) {
        return http.get(service.number() - 1);
    }

    /** Health and metrics of a service. */
    public int management(Member service) {
        return management.get(service.number() - 1);
    }

    /** Base address of a service's REST. */
    public String restAddress(Member service) {
        return "http://%s:%d".formatted(HOST, http(service));
    }

    /** Base address of a service's health and metrics. */
    public String managementAddress(Member service) {
        return "http://%s:%d".formatted(HOST, management(service));
    }

    /** What a member listens on, each with its purpose. */
    public Map<Integer, String> of(Member member) {
        var ports = new LinkedHashMap<Integer, String>();
        if (member == Member.STACK) {
            ports.put(kafka, "Kafka");
            ports.put(controller, "Kafka's controller");
            ports.put(s3, "S3");
        } else {
            ports.put(http(member), member.id());
            ports.put(management(member), member.id() + " management");
        }
        return ports;
    }

    /** True if another process listens on the port. */
    public static boolean taken(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** The ports that this stack was started with. */
    public static Optional<Ports> read(Home home) {
        if (!Files.exists(home.portsFile())) {
            return Optional.empty();
        }
        var stored = new Properties();
        try (var in = Files.newBufferedReader(home.portsFile())) {
            stored.load(in);
            return Optional.of(new Ports(
                    port(stored, "kafka"),
                    port(stored, "controller"),
                    port(stored, "s3"),
                    Member.services().stream()
                            .map(service -> port(stored, service.id() + ".http"))
                            .toList(),
                    Member.services().stream()
                            .map(service -> port(stored, service.id() + ".management"))
                            .toList()));
        } catch (IOException | NumberFormatException e) {
            throw new IllegalStateException(
                    "%s cannot be read (%s); delete it and run up again".formatted(home.portsFile(), e.getMessage()),
                    e);
        }
    }

    /** Keeps the ports for the commands that come later. */
    public void write(Home home) {
        var lines = new ArrayList<String>();
        lines.add("kafka=" + kafka);
        lines.add("controller=" + controller);
        lines.add("s3=" + s3);
        for (var service : Member.services()) {
            lines.add(service.id() + ".http=" + http(service));
            lines.add(service.id() + ".management=" + management(service));
        }
        try {
            Files.write(home.portsFile(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write %s: %s".formatted(home.portsFile(), e.getMessage()), e);
        }
    }

    private static int port(Properties stored, String name) {
        return Integer.parseInt(stored.getProperty(name, "missing " + name));
    }

    private static List<Integer> row(int first) {
        return List.of(first, first + 1, first + 2, first + 3);
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
