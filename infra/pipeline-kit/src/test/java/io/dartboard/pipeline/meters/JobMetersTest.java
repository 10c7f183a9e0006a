package io.dartboard.pipeline.meters;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.lease.LeaseState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class JobMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final JobMeters meters = new JobMeters(registry, new ServiceIdentity("test-svc", "7"));

    @Test
    void shouldRemoveAJobsGaugesAtItsEnd() {
        try (var live = meters.live("search", "r1", "s1")) {
            live.set(NasMeters.JOB_PROGRESS, 0.25);
            live.set(NasMeters.JOB_PROGRESS, 0.5);
            live.set(NasMeters.ALPHA_ENTROPY, "normal", 2.0);
            live.set(NasMeters.ALPHA_ENTROPY, "reduce", 1.0);

            assertThat(registry.get("nas.job.progress.ratio")
                            .tags("run", "r1", "job", "s1")
                            .gauge()
                            .value())
                    .isEqualTo(0.5);
            assertThat(registry.get("nas.alpha.entropy")
                            .tag("cell", "reduce")
                            .gauge()
                            .value())
                    .isEqualTo(1.0);
        }

        assertThat(registry.find("nas.job.progress.ratio").gauges()).isEmpty();
        assertThat(registry.find("nas.alpha.entropy").gauges()).isEmpty();
    }

    @Test
    void shouldCountJobsWithoutNamingRuns() {
        meters.started("search");
        meters.finished("search", "succeeded", "none", Duration.ofSeconds(3), "gpu0");
        meters.corruptImage("search");
        meters.corruptImage("search");

        assertThat(registry.get("nas.jobs.finished")
                        .tags("stage", "search", "outcome", "succeeded")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("nas.gpu.seconds")
                        .tag("device", "gpu0")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(registry.get("nas.corrupt.images")
                        .tag("stage", "search")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getTag("run")).isNull());
    }

    @Test
    void shouldShowEveryCountFromTheStart() {
        meters.expect(List.of("selection", "evaluation"), "nas.eval.jobs", List.of("cpu"));

        for (var meter : List.of(NasMeters.JOBS_STARTED, NasMeters.JOBS_UNOFFERED, NasMeters.DEVICE_SECONDS)) {
            assertThat(registry.get(meter.id())
                            .tag("stage", "evaluation")
                            .counter()
                            .count())
                    .isZero();
        }
        for (var cause : LeaseState.Ending.values()) {
            assertThat(registry.get(NasMeters.LOST_STEPS.id())
                            .tags("stage", "selection", "cause", cause.name().toLowerCase(Locale.ROOT))
                            .counter()
                            .count())
                    .isZero();
        }
        var series = registry.getMeters().size();
        meters.finished("evaluation", "stopped", "pause", Duration.ofSeconds(1), "cpu");
        meters.finished("selection", "succeeded", "finish", Duration.ofSeconds(1), "cpu");
        meters.lostSteps("selection", LeaseState.Ending.FAILURE, 3);

        assertThat(registry.getMeters()).hasSize(series);
    }

    @Test
    void shouldLetNoGaugeOfAnEndedJobComeBack() {
        var live = meters.live("search", "r1", "s1");
        live.set(NasMeters.JOB_ETA, 5);
        live.unset(NasMeters.JOB_ETA);
        assertThat(registry.find("nas.job.eta.seconds").gauges()).isEmpty();

        live.close();
        live.set(NasMeters.JOB_LAST_STEP, 1);

        assertThat(registry.find("nas.job.last.step.timestamp.seconds").gauges())
                .isEmpty();
    }

    @Test
    void shouldLeaveNothingOnThePageThatHasNoHelpOrABadName() {
        var page = new SimpleMeterRegistry();
        page.config().meterFilter(new PlainPage());
        page.gauge("netty.allocator.memory.used", 1);
        page.gauge("system.cpu.count", 2);
        page.more().longTaskTimer("http.server.connections");
        page.counter("http.server.things", "uri", "/v1").increment();

        assertThat(page.getMeters())
                .extracting(meter -> meter.getId().getName())
                .doesNotContain("netty.allocator.memory.used", "system.cpu.count", "http.server.connections")
                .contains("http.server.things");
        assertThat(page.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getDescription()).isNotBlank());
    }

    @Test
    void shouldSayWhatIsRunning() {
        assertThat(registry.get("nas.build.info")
                        .tags("service", "test-svc", "version", "7")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void shouldNameEveryMetricOnceWithThePrefix() {
        var ids = Arrays.stream(NasMeters.values()).map(NasMeters::id).toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.startsWith("nas."));
    }
}
