package io.dartboard.pipeline.connect;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.TopicAdmin;
import io.dartboard.pipeline.health.KafkaProbe;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.schemas.Topics;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** A small process that does to each address what a service does to its brokers, and says what came of it. */
final class SmallHeap {
    private SmallHeap() {}

    public static void main(String[] addresses) throws InterruptedException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (var address : addresses) {
            var kafka = KafkaSettings.at(address);
            attempt(out, "probe", () -> new KafkaProbe(kafka).run());
            attempt(out, "topics", () -> new TopicAdmin(kafka).ensureNow(Topics.ALL));
            attempt(out, "read", () -> EventReader.readAll(kafka, Topics.RUNS, Duration.ofSeconds(2)));
            try (var sender = new EventSender(kafka, new ServiceIdentity("small", "1"), Clock.systemUTC())) {
                sender.send(Topics.DATASETS, "d", Samples.dataset(), "", "").get();
            } catch (ExecutionException e) {
                out.println("send: " + e.getMessage());
            }
        }
        out.println("alive with %d MB".formatted(Runtime.getRuntime().maxMemory() >> 20));
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("kafka"))
                .forEach(thread -> out.println("left running: " + thread.getName()));
    }

    private static void attempt(PrintStream out, String what, Runnable attempt) {
        try {
            attempt.run();
            out.println(what + ": nothing was refused");
        } catch (RuntimeException e) {
            out.println(what + ": " + e.getMessage());
        }
    }
}
