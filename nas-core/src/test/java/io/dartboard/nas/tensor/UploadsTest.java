package io.dartboard.nas.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With and without a thread of its own, which a GPU has: what is handed out, and who frees it. */
class UploadsTest {
    private final NDManager owner = Torch.open(Device.cpu());

    @AfterEach
    void close() {
        owner.close();
    }

    private Uploads<Long, NDArray> uploads(Iterator<Long> source, boolean inThread) {
        return new Uploads<>(owner, source, (scope, value) -> Copy.toDevice(scope, new long[] {value}), inThread);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldHandOutAllInOrderAndLeaveNothingBehind(boolean inThread) {
        int before = owner.getManagedArrays().size();
        List<Long> seen = new ArrayList<>();
        try (var uploads = uploads(LongStream.range(0, 50).boxed().iterator(), inThread)) {
            while (uploads.hasNext()) {
                try (var one = uploads.next()) {
                    seen.add(one.value().toLongArray()[0]);
                    assertThat(one.value().getManager()).isSameAs(one.scope());
                }
            }
            assertThatThrownBy(uploads::next).isInstanceOf(NoSuchElementException.class);
        }
        assertThat(seen).isEqualTo(LongStream.range(0, 50).boxed().toList());
        assertThat(owner.getManagedArrays()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldFreeWhatNobodyAskedFor(boolean inThread) {
        List<NDManager> scopes = new ArrayList<>();
        var source = LongStream.range(0, 5).boxed().iterator();
        try (var uploads = new Uploads<>(
                owner,
                source,
                (NDManager scope, Long value) -> {
                    scopes.add(scope);
                    return Copy.toDevice(scope, new long[] {value});
                },
                inThread)) {
            uploads.next().close();
        }
        assertThat(scopes).hasSizeBetween(1, 2).allMatch(scope -> !scope.isOpen());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldThrowWhatTheSourceThrows(boolean inThread) {
        var source = List.of(1L, 2L).stream().map(UploadsTest::failAtTwo).iterator();
        try (var uploads = uploads(source, inThread)) {
            uploads.next().close();
            assertThatThrownBy(uploads::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no second");
        }
    }

    private static Long failAtTwo(Long value) {
        if (value == 2) {
            throw new IllegalStateException("no second");
        }
        return value;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true})
    void shouldHearAnInterruptWhileItWaits(boolean inThread) {
        var never = new CountDownLatch(1);
        var source = List.of(1L).stream().map(value -> waitFor(never, value)).iterator();
        try (var uploads = uploads(source, inThread)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(uploads::next).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static Long waitFor(CountDownLatch latch, Long value) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new CancellationException("interrupted");
        }
        return value;
    }
}
