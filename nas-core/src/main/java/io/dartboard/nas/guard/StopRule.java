package io.dartboard.nas.guard;

import java.util.List;
import java.util.Optional;

/** By which a method ends its own searches before their last epoch, whether or not anybody has asked for a guard. */
public interface StopRule extends CollapseRule {
    /** A search has all its epochs: DARTS (arXiv 1806.09055), algorithm 1. */
    StopRule NEVER = new Never();

    /** See {@link #NEVER}. */
    record Never() implements StopRule {
        @Override
        public String id() {
            return "never";
        }

        @Override
        public Optional<Finding> look(List<Signs> history) {
            return Optional.empty();
        }
    }
}
