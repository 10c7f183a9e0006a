package io.dartboard.pipeline.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.pipeline.artifact.AttemptSuperseded;
import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final Duration TTL = Duration.ofSeconds(30);
    private static final Instant EARLIER = Instant.EPOCH;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Leases leases = new Leases(store, TTL, 3, Clock.systemUTC());

    @Test
    void shouldGiveAJobToOneAndTellTheOthersWhoHasIt() {
        var first = held("a");

        assertThat(first.token()).isEqualTo(1);
        assertThat(leases.claim("job", "b", EARLIER)).isInstanceOfSatisfying(Claim.Taken.class, taken -> assertThat(
                        taken.by().holder())
                .isEqualTo("a"));
    }

    @Test
    void shouldLetOneOfSeveralRacingWorkersWin() throws Exception {
        var workers = Executors.newFixedThreadPool(8);
        try {
            var races = IntStream.range(0, 8)
                    .<Callable<Claim>>mapToObj(i -> () -> leases.claim("job", "w" + i, EARLIER))
                    .toList();
            var held = 0;
            for (var claim : workers.invokeAll(races)) {
                held += claim.get() instanceof Claim.Held ? 1 : 0;
            }
            assertThat(held).isEqualTo(1);
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void shouldGiveOnAJobOnlyWhenItsLeaseHasLapsed() {
        var first = held("a");
        first.renew(List.of());
        lapse(TTL.minusSeconds(1));
        assertThat(leases.claim("job", "b", EARLIER)).isInstanceOf(Claim.Taken.class);
        lapse(Duration.ofSeconds(3));

        var second = held("b");

        assertThat(second.token()).isEqualTo(2);
        assertThatThrownBy(() -> first.renew(List.of())).isInstanceOf(AttemptSuperseded.class);
        assertThatThrownBy(first::check).isInstanceOf(AttemptSuperseded.class);
        assertThatThrownBy(() -> first.progressed(7)).isInstanceOf(AttemptSuperseded.class);
        second.check();
    }

    @Test
    void shouldGiveOnAtOnceWhatWasLetGoWithoutCountingIt() {
        for (var attempt = 1; attempt <= 10; attempt++) {
            var lease = held("w" + attempt);
            assertThat(lease.token()).isEqualTo(attempt);
            lease.release("the service went down");
        }
    }

    @Test
    void shouldTellTheNextHowTheAttemptBeforeEnded() {
        held("a").release("the service went down");
        var second = held("b");
        assertThat(second.before()).isEqualTo(LeaseState.Ending.HANDOVER);
        second.progressed(1);
        second.fail("the loss is not a number", List.of());
        var third = held("c");
        assertThat(third.before()).isEqualTo(LeaseState.Ending.FAILURE);
        third.progressed(2);
        leases.bury("job", 3, third.state().nonce(), "crashed: SIGSEGV", List.of());
        assertThat(held("d").before()).isEqualTo(LeaseState.Ending.CRASH);
        lapse(Duration.ofMinutes(1));
        assertThat(held("e").before()).isEqualTo(LeaseState.Ending.CRASH);
    }

    @Test
    void shouldReadALeaseOfAReleaseThatDidNotSayHowItEnded() {
        held("a").release("the service went down");
        var written = new String(store.get(Leases.key("job", 1)), StandardCharsets.UTF_8);
        assertThat(written).contains("\"ending\"");
        store.put(
                Leases.key("job", 1),
                written.replaceAll("\\s*\"ending\"[^,]*,", "").getBytes(StandardCharsets.UTF_8));

        assertThat(held("b").before()).isEqualTo(LeaseState.Ending.HANDOVER);
    }

    @Test
    void shouldGiveUpAJobWhoseWorkersDieAgainAndAgain() {
        for (var attempt = 1; attempt <= 3; attempt++) {
            held("w" + attempt).renew(List.of("loading", "about to multiply"));
            lapse(Duration.ofMinutes(1));
        }

        assertThat(leases.claim("job", "x", Instant.now())).isInstanceOfSatisfying(Claim.GivenUp.class, end -> {
            assertThat(end.state().cause()).contains("w3 died without a word").contains("attempt 3");
            assertThat(end.state().lastWords()).containsExactly("loading", "about to multiply");
        });
        assertThat(leases.claim("job", "y", Instant.now().minusSeconds(60))).isInstanceOf(Claim.GivenUp.class);
    }

    @Test
    void shouldTryAgainWhenAJobThatWasGivenUpIsAskedForAnew() {
        held("a").giveUp("the disk is full", List.of());
        assertThat(leases.claim("job", "b", Instant.now().minusSeconds(60))).isInstanceOf(Claim.GivenUp.class);

        var again = (Claim.Held) leases.claim("job", "b", Instant.now().plusSeconds(60));

        assertThat(again.lease().token()).isEqualTo(2);
        assertThat(again.lease().state().withoutProgress()).isEqualTo(1);
    }

    @Test
    void shouldForgiveDeathsThatFollowProgress() {
        for (var attempt = 1; attempt <= 20; attempt++) {
            var lease = held("w" + attempt);
            lease.progressed(10L * attempt);
            lapse(Duration.ofMinutes(1));
        }
        assertThat(held("last").token()).isEqualTo(21);
    }

    @Test
    void shouldNotForgiveWhatStandsStill() {
        for (var attempt = 1; attempt <= 3; attempt++) {
            held("w" + attempt).progressed(0);
            lapse(Duration.ofMinutes(1));
        }
        assertThat(leases.claim("job", "x", EARLIER)).isInstanceOf(Claim.GivenUp.class);
    }

    @Test
    void shouldGoOnWhereTheAnswerToARenewalWasLost() {
        var lease = held("a");
        store.loseAnswers(true);
        assertThatThrownBy(() -> lease.renew(List.of())).isInstanceOf(StoreUnavailable.class);
        store.loseAnswers(false);

        lease.renew(List.of("still here"));

        assertThat(leases.look("job")).get().extracting(LeaseState::lastWords).isEqualTo(List.of("still here"));
    }

    @Test
    void shouldNotBeginTwiceWhereTheAnswerToAClaimWasLost() {
        leases.requireStore();
        store.loseAnswers(true);
        assertThatThrownBy(() -> held("a")).isInstanceOf(StoreUnavailable.class);
        store.loseAnswers(false);

        assertThat(leases.claim("job", "b", EARLIER)).isInstanceOf(Claim.Taken.class);
    }

    @Test
    void shouldBeginAnewWhereALeaseCannotBeRead() {
        var first = held("a");
        store.put(Leases.key("job", 1), "{\"half\": ".getBytes(StandardCharsets.UTF_8));

        var second = held("b");

        assertThat(second.token()).isEqualTo(2);
        assertThatThrownBy(first::check).isInstanceOf(AttemptSuperseded.class);
    }

    @Test
    void shouldRefuseAStoreThatIgnoresConditionalWrites() {
        store.ignoreConditions(true);
        assertThatThrownBy(() -> held("a"))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("ignores If-None-Match");
    }

    private Lease held(String worker) {
        return ((Claim.Held) leases.claim("job", worker, EARLIER)).lease();
    }

    private void lapse(Duration time) {
        leases.look("job").ifPresent(state -> store.age(Leases.key("job", state.token()), time));
    }
}
