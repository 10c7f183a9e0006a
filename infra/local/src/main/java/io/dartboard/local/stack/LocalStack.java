package io.dartboard.local.stack;

import io.dartboard.local.home.Credentials;
import io.dartboard.local.home.Home;
import io.dartboard.local.home.Ports;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.event.TopicAdmin;
import io.dartboard.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process that holds the broker and the S3 endpoint until it is told to end. */
public final class LocalStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalStack.class);

    private final ObjectStore objects;
    private final Broker broker;

    private LocalStack(ObjectStore objects, Broker broker) {
        this.objects = objects;
        this.broker = broker;
    }

    /** Starts both and creates the topics; returns when both take requests and all topics are there. */
    public static LocalStack start(Home home, Ports ports) {
        var objects = ObjectStore.start(home.objects(), ports.s3Endpoint(), Credentials.of(home));
        LOG.info("S3 endpoint at {}, objects in {}", ports.s3Endpoint(), home.objects());
        var broker = Broker.start(home.kafka(), ports.kafka(), ports.controller());
        new TopicAdmin(KafkaSettings.at(ports.bootstrapServers())).ensure(Topics.ALL);
        LOG.info("Kafka at {}, data in {}", ports.bootstrapServers(), home.kafka());
        return new LocalStack(objects, broker);
    }

    @Override
    public void close() {
        try (objects) {
            broker.close();
        }
    }

    /**
     * Runs until SIGTERM.
     *
     * @param args the home folder and the file to make once everything is up
     */
    public static void main(String[] args) throws InterruptedException {
        Locale.setDefault(Locale.ROOT);
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: LocalStack HOME READY_FILE");
        }
        var home = new Home(Path.of(args[0]));
        var ports = Ports.read(home)
                .orElseThrow(() -> new IllegalStateException("%s is missing; run up".formatted(home.portsFile())));
        var ready = Path.of(args[1]);
        var over = new CountDownLatch(1);
        try {
            var stack = start(home, ports);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                delete(ready);
                                stack.close();
                                over.countDown();
                            },
                            "stop"));
            Files.writeString(ready, "up\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            LOG.error("the stack cannot start: {}", e.getMessage(), e);
            Runtime.getRuntime().halt(1);
        }
        over.await();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("cannot remove {}: {}", file, e.getMessage());
        }
    }
}
