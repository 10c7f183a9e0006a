package io.dartboard.pipeline.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PlannerProgressTest {
    private static final TopicPartition RUNS = new TopicPartition("nas.runs", 0);
    private static final Instant START = Instant.EPOCH;

    private final PlannerProgress progress = new PlannerProgress(Duration.ofSeconds(60));

    @Test
    void shouldCallAPlannerStuckThatCommitsNothingWhileRecordsWait() {
        assertThat(progress.see(at(5, 8), START)).isEmpty();
        assertThat(progress.see(at(5, 9), START.plusSeconds(59))).isEmpty();
        assertThat(progress.see(at(5, 9), START.plusSeconds(61)))
                .hasValueSatisfying(why -> assertThat(why).contains("61 s").contains("4 on nas.runs"));
        assertThat(progress.isMoving()).isFalse();
    }

    @Test
    void shouldNotMindALongBacklogThatShrinks() {
        for (var second = 0; second < 500; second += 50) {
            assertThat(progress.see(at(second, 10_000), START.plusSeconds(second)))
                    .isEmpty();
        }
        assertThat(progress.isMoving()).isTrue();
    }

    @Test
    void shouldCountFromTheMomentAtWhichRecordsBeganToWait() {
        progress.see(at(5, 5), START);
        assertThat(progress.see(at(5, 6), START.plusSeconds(1_000))).isEmpty();
        assertThat(progress.see(at(5, 6), START.plusSeconds(1_050))).isEmpty();
        assertThat(progress.see(at(5, 6), START.plusSeconds(1_061))).isPresent();
    }

    @Test
    void shouldBeContentOnceItMovesAgain() {
        progress.see(at(5, 6), START);
        assertThat(progress.see(at(5, 6), START.plusSeconds(70))).isPresent();

        assertThat(progress.see(at(6, 6), START.plusSeconds(71))).isEmpty();
    }

    private static PlannerProgress.Position at(long committed, long end) {
        return new PlannerProgress.Position(Map.of(RUNS, committed), Map.of(RUNS, end));
    }
}
