package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Phases;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A state of a cell during one pass with what its outgoing edges share: its rectification, where every candidate with
 * weights begins, and the pixels of it that dilated and factorized candidates read.
 */
final class State {
    private final NDArray value; // (N, C, H, W)
    private final Shared rectified;
    private final Shared phases;
    private final Shared even;
    private final Shared odd;

    State(NDArray value) {
        this.value = value;
        this.rectified = new Shared(() -> Functional.relu(value));
        this.phases = new Shared(() -> Phases.split(rectified()));
        this.even = new Shared(() -> Functional.subsample(rectified(), 2));
        this.odd = new Shared(() -> Functional.oddPixels(rectified()));
    }

    /** (N, C, H, W). */
    NDArray value() {
        return value;
    }

    /** (N, C, H, W). */
    NDArray rectified() {
        return rectified.get();
    }

    boolean hasPhases() {
        return Phases.split(value.getShape());
    }

    /** The four phases of the rectification: (4N, C, H / 2, W / 2). */
    NDArray phases() {
        return phases.get();
    }

    /** The rectification at even rows and columns: (N, C, H / 2, W / 2). */
    NDArray even() {
        return even.get();
    }

    /** The rectification at odd rows and columns: (N, C, H / 2, W / 2). */
    NDArray odd() {
        return odd.get();
    }

    /** Made when it is first asked for. */
    private static final class Shared {
        private final Supplier<NDArray> make;
        private Optional<NDArray> made = Optional.empty();

        Shared(Supplier<NDArray> make) {
            this.make = make;
        }

        NDArray get() {
            NDArray known = made.orElseGet(make);
            made = Optional.of(known);
            return known;
        }
    }
}
