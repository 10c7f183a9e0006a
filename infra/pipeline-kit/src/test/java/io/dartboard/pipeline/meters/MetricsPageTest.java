package io.dartboard.pipeline.meters;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.pipeline.config.ServiceIdentity;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page that Prometheus takes, of a service with many live jobs. */
class MetricsPageTest {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsPageTest.class);
    private static final int JOBS = 50;
    private static final int MOST_BYTES = 200_000;
    private static final int SCRAPES = 21;

    @Test
    void shouldStaySmallWithFiftySearchesAtWork() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new PlainPage());
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        try (var gc = new JvmGcMetrics()) {
            gc.bindTo(registry);
            var meters = new JobMeters(registry, new ServiceIdentity("search-svc", "0.5.0"));
            meters.expect(
                    List.of("search"),
                    "nas.search.jobs",
                    IntStream.range(0, JOBS).mapToObj(i -> "cuda:" + i).toList());
            IntStream.range(0, JOBS).forEach(job -> begin(meters, job));

            var page = "";
            var nanos = new long[SCRAPES];
            for (var scrape = 0; scrape < SCRAPES; scrape++) {
                var began = System.nanoTime();
                page = registry.scrape();
                nanos[scrape] = System.nanoTime() - began;
            }
            Arrays.sort(nanos);
            LOG.info("the page of {} jobs: {} bytes in {} ms", JOBS, page.length(), nanos[SCRAPES / 2] / 1e6);

            assertThat(page.lines().filter(line -> line.startsWith("nas_job_progress_ratio{")))
                    .hasSize(JOBS);
            assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
        }
    }

    /** A search of normal and reduction cells, with every gauge that a job may have. */
    private static void begin(JobMeters meters, int number) {
        var gauges = meters.live("search", "r%012x".formatted(number), "s%012x".formatted(number));
        for (var meter : NasMeters.values()) {
            var labels = meter.labels();
            if (labels.equals(List.of("stage", "run", "job"))) {
                gauges.set(meter, number + 0.123456789);
            } else if (labels.contains("cell")) {
                Arrays.stream(new String[] {"normal", "reduce"})
                        .forEach(cell -> gauges.set(meter, cell, number + 0.123456789));
            }
        }
    }
}
