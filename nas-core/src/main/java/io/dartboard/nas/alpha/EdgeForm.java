package io.dartboard.nas.alpha;

import io.dartboard.nas.setting.Checks;
import java.util.Optional;
import java.util.OptionalDouble;

/** What an edge of a supernet computes beside the mixture of its candidates, and which architecture parameters that needs. */
public sealed interface EdgeForm {
    /** The mixture alone: DARTS (arXiv 1806.09055), section 2.2. */
    EdgeForm FULL = new Full();

    /** All architecture parameters, those of the candidates first. */
    default AlphaLayout alphas(AlphaLayout candidates) {
        return candidates;
    }

    /** Whether edges have parameters of their own, which a derivation has to read. */
    default boolean weighsEdges() {
        return false;
    }

    /**
     * The weight of what lies beside the mixture, if anything does.
     *
     * @param progress share of the search's epochs that is done, in [0, 1)
     */
    default OptionalDouble auxiliary(double progress) {
        return OptionalDouble.empty();
    }

    /**
     * Whether a convolutional supernet can have it.
     *
     * @param channels of its first cell
     * @throws IllegalArgumentException if these cannot be cut as it wants
     */
    default void requireChannels(int channels) {
        // Most forms take any.
    }

    /** Why edges of a recurrent cell cannot have it; empty if they can. */
    default Optional<String> unfitForRecurrentCells() {
        return Optional.empty();
    }

    /** See {@link #FULL}. */
    record Full() implements EdgeForm {}

    /**
     * An auxiliary skip connection beside every mixture, whose weight falls linearly with the epochs, to 0 after the last
     * one: skip connections need not win among the candidates to carry gradients. Where the stride is 2 it is a factorized
     * reduction with weights of its own.
     *
     * <p>Source: Chu et al., <i>DARTS-: Robustly Stepping out of Performance Collapse Without Indicators</i> (arXiv
     * 2009.01027).
     *
     * @param auxiliarySkip its weight in the first epoch; the authors use 1
     */
    record AuxiliarySkip(double auxiliarySkip) implements EdgeForm {
        public AuxiliarySkip {
            Checks.positive("auxiliarySkip", auxiliarySkip);
        }

        @Override
        public OptionalDouble auxiliary(double progress) {
            return OptionalDouble.of(auxiliarySkip * (1 - progress));
        }

        @Override
        public Optional<String> unfitForRecurrentCells() {
            return Optional.of("every edge of theirs is a highway, which passes its state on already");
        }
    }

    /**
     * The candidates see one of several parts of an edge's channels; the others pass by them, and the channels are shuffled
     * after. Edges compete: those into a node are weighted by a softmax of parameters of their own.
     *
     * <p>Source: Xu et al., <i>PC-DARTS: Partial Channel Connections for Memory-Efficient Architecture Search</i> (arXiv
     * 1907.05737), sections 3.2 and 3.3.
     *
     * @param partialChannels into how many parts the channels are cut; the authors use 4
     */
    record PartialChannels(int partialChannels) implements EdgeForm {
        public PartialChannels {
            Checks.atLeast("partialChannels", partialChannels, 2, "so that some channels pass by");
        }

        @Override
        public AlphaLayout alphas(AlphaLayout candidates) {
            return candidates.withEdges();
        }

        @Override
        public boolean weighsEdges() {
            return true;
        }

        @Override
        public void requireChannels(int channels) {
            if (channels % partialChannels != 0) {
                throw new IllegalArgumentException(
                        "channels must be a multiple of %d, the parts that partialChannels cuts them into (was %d)"
                                .formatted(partialChannels, channels));
            }
        }

        @Override
        public Optional<String> unfitForRecurrentCells() {
            return Optional.of(
                    "a node of theirs multiplies whole states by one matrix, so that no part can pass it by");
        }
    }
}
