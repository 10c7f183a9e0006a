package io.dartboard.nas.optim;

/** How {@link Adam} steps. */
public record AdamSettings(double learningRate, double beta1, double beta2, double weightDecay) {
    public AdamSettings {
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException(
                    "the alpha learning rate must be positive (was %s)".formatted(learningRate));
        }
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException(
                    "both betas must lie in [0, 1) (were %s and %s)".formatted(beta1, beta2));
        }
        if (!(weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "the alpha weight decay must be at least 0 (was %s)".formatted(weightDecay));
        }
    }
}
