package io.dartboard.local.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The ports of a local stack, all on the loopback interface; which services there are, and how many processes of each, is
 * told by whom has ports.
 *
 * @param kafka clients of the broker
 * @param controller the broker's own quorum
 * @param s3 the S3 endpoint
 * @param services REST, and health and metrics, of each process of a service
 */
public record Ports(int kafka, int controller, int s3, Map<Instance, Pair> services) {
    private static final int HIGHEST = 65_535;
    private static final int SPAN = 30;
    private static final int STANDARD_SPAN = 100;
    /** A stack has so many processes of a service at most; the ports of the last one lie within the range that is checked. */
    public static final int MOST_WORKERS = 9;

    private static final String HOST = "127.0.0.1";

    public Ports {
        services = Collections.unmodifiableMap(new TreeMap<>(services));
    }

    /**
     * What one process of a service listens on.
     *
     * @param http REST; unused by one that only works
     * @param management health and metrics
     */
    public record Pair(int http, int management) {}

    /** The ports that people expect: Kafka 9092, S3 9000, services 8081 to 8084 and 9081 to 9084. */
    public static Ports standard() {
        return new Ports(9092, 9093, 9000, row(8080, 9080));
    }

    /**
     * Thirty ports in a row for each process of the services: base and the two after it for Kafka and S3, base + 11 to 14
     * for HTTP, base + 21 to 24 for management.
     *
     * @throws IllegalArgumentException if the base is below 1024 or too high
     */
    public static Ports from(int base) {
        var highest = HIGHEST - SPAN * MOST_WORKERS;
        if (base < 1024 || base > highest) {
            throw new IllegalArgumentException(
                    "the port base must be between 1024 and %d (was %d)".formatted(highest, base));
        }
        return new Ports(base, base + 1, base + 2, row(base + 10, base + 20));
    }

    /** Ports that nobody uses now, as the kernel gives them, for so many processes of each service that trains. */
    public static Ports free(int workers) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            var instances = Instance.all(workers)
                    .filter(instance -> instance.member() != Member.STACK)
                    .toList();
            var free = new ArrayList<Integer>();
            for (var port = 0; port < 3 + 2 * instances.size(); port++) {
                var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                free.add(socket.getLocalPort());
            }
            Iterator<Integer> next = free.iterator();
            var kafka = next.next();
            var controller = next.next();
            var s3 = next.next();
            var services = new LinkedHashMap<Instance, Pair>();
            instances.forEach(instance -> services.put(instance, new Pair(next.next(), next.next())));
            return new Ports(kafka, controller, s3, services);
        } catch (IOException e) {
            throw new UncheckedIOException("no free ports: " + e.getMessage(), e);
        } finally {
            sockets.forEach(Ports::closeQuietly);
        }
    }

    /**
     * The same with so many processes of each service that trains. Further ones have ports at a fixed distance from those of
     * the first.
     *
     * @throws IllegalArgumentException if there are none or too many
     */
    public Ports withWorkers(int workers) {
        requireWorkers(workers);
        var wanted = new TreeMap<Instance, Pair>();
        var distance = kafka == standard().kafka ? STANDARD_SPAN : SPAN;
        Instance.all(workers)
                .filter(instance -> instance.member() != Member.STACK)
                .forEach(instance -> {
                    var first = pair(Instance.first(instance.member()));
                    var shift = distance * (instance.number() - 1);
                    wanted.put(
                            instance,
                            services.getOrDefault(instance, new Pair(first.http + shift, first.management + shift)));
                });
        return new Ports(kafka, controller, s3, wanted);
    }

    /** @throws IllegalArgumentException if a stack cannot have so many processes of each service that trains */
    public static void requireWorkers(int workers) {
        if (workers < 1 || workers > MOST_WORKERS) {
            throw new IllegalArgumentException(
                    "--workers must be between 1 and %d (was %d)".formatted(MOST_WORKERS, workers));
        }
    }

    /** Processes of each service that trains. */
    public int workers() {
        return services.keySet().stream().mapToInt(Instance::number).max().orElse(1);
    }

    /** All processes of the stack, in the order in which they start. */
    public List<Instance> instances() {
        return Instance.all(workers()).toList();
    }

    /** All but the broker and the S3 endpoint. */
    public List<Instance> serviceInstances() {
        return List.copyOf(services.keySet());
    }

    /** Clients of Kafka connect here. */
    public String bootstrapServers() {
        return HOST + ":" + kafka;
    }

    /** Clients of S3 connect here. */
    public String s3Endpoint() {
        return "http://%s:%d".formatted(HOST, s3);
    }

    /** What a process of a service listens on. */
    public Pair pair(Instance service) {
        var pair = services.get(service);
        if (pair == null) {
            throw new IllegalArgumentException("there is no %s".formatted(service.id()));
        }
        return pair;
    }

    /** Base address of a service's REST. */
    public String restAddress(Member service) {
        return "http://%s:%d".formatted(HOST, pair(Instance.first(service)).http());
    }

    /** Base address of a process's health and metrics. */
    public String managementAddress(Instance service) {
        return "http://%s:%d".formatted(HOST, pair(service).management());
    }

    /** What a process listens on, each with its purpose. */
    public Map<Integer, String> of(Instance instance) {
        var ports = new LinkedHashMap<Integer, String>();
        if (instance.member() == Member.STACK) {
            ports.put(kafka, "Kafka");
            ports.put(controller, "Kafka's controller");
            ports.put(s3, "S3");
        } else {
            if (!instance.worksOnly()) {
                ports.put(pair(instance).http(), instance.id());
            }
            ports.put(pair(instance).management(), instance.id() + " management");
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
            var services = new TreeMap<Instance, Pair>();
            Instance.all(MOST_WORKERS)
                    .filter(instance -> instance.member() != Member.STACK)
                    .filter(instance -> !instance.worksOnly() || stored.containsKey(instance.id() + ".management"))
                    .forEach(instance -> services.put(
                            instance,
                            new Pair(
                                    port(stored, instance.id() + ".http"),
                                    port(stored, instance.id() + ".management"))));
            return Optional.of(
                    new Ports(port(stored, "kafka"), port(stored, "controller"), port(stored, "s3"), services));
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
        services.forEach((service, pair) -> {
            lines.add(service.id() + ".http=" + pair.http);
            lines.add(service.id() + ".management=" + pair.management);
        });
        try {
            Files.write(home.portsFile(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write %s: %s".formatted(home.portsFile(), e.getMessage()), e);
        }
    }

    private static int port(Properties stored, String name) {
        return Integer.parseInt(stored.getProperty(name, "missing " + name));
    }

    private static Map<Instance, Pair> row(int http, int management) {
        var row = new TreeMap<Instance, Pair>();
        for (var service : Member.services()) {
            row.put(Instance.first(service), new Pair(http + service.number(), management + service.number()));
        }
        return row;
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
