package io.dartboard.nas.bilevel;

import ai.djl.Device;
import io.dartboard.nas.optim.AdamSettings;

/** What the known-answer checks of all spaces ask for, and how they answer. */
public final class KnownAnswer {
    private static final double TOLERANCE = 1e-3;
    private static final double SMALL = 1e-8;

    private KnownAnswer() {}

    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String message, Object... values) {
            super(message.formatted(values));
        }
    }

    /** Runs a check; an engine that cannot be loaded is a failed check, not an exception. */
    public static ArchitectureSelfTest.Verdict verdict(Device device, Runnable check) {
        try {
            check.run();
            return new ArchitectureSelfTest.Verdict(
                    true,
                    "architecture self-test passed: alphas follow the validation loss, weights the training loss");
        } catch (Failure e) {
            return new ArchitectureSelfTest.Verdict(false, "architecture self-test failed: " + e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            return new ArchitectureSelfTest.Verdict(
                    false, "architecture self-test could not run on %s: %s".formatted(device, e));
        }
    }

    /** Fails the check that runs unless a condition holds. */
    public static void require(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new Failure(message, values);
        }
    }

    /**
     * Fails the check that runs unless the gradient of an alpha is the slope of what the method differentiates.
     *
     * @param entry of the alpha vector
     * @param slope by finite differences
     */
    public static void requireGradient(int entry, double gradient, double slope) {
        require(
                Math.abs(gradient - slope) <= TOLERANCE * Math.abs(slope) + SMALL,
                "the gradient of alpha %d is %.6e where the slope of the validation loss is %.6e",
                entry,
                gradient,
                slope);
    }

    /**
     * Fails the check that runs unless the first step of Adam has moved an alpha along a slope: both moments are corrected
     * to the gradient and its square then.
     *
     * @param entry of the alpha vector
     * @param slope by finite differences
     */
    public static void requireFirstMove(int entry, double before, double after, double slope, AdamSettings settings) {
        double gradient = slope + settings.alphaWeightDecay() * before;
        double expected = -settings.alphaLearningRate() * gradient / (Math.abs(gradient) + 1e-8);
        double move = after - before;
        require(
                Math.abs(move - expected) <= TOLERANCE * settings.alphaLearningRate(),
                "alpha %d moved by %.3e where the validation loss asks for %.3e",
                entry,
                move,
                expected);
    }
}
