package io.dartboard.nas.text.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.text.data.TextColumns;
import io.dartboard.nas.text.data.TokenText;
import io.dartboard.nas.text.network.RecurrentNetwork;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final int VOCABULARY = 9;

    private final RecurrentNetwork network = new RecurrentNetwork(PublishedRecurrentGenotypes.ENAS, VOCABULARY, 6);

    @Test
    void shouldGiveEveryWordTheSameProbabilityWhereAllWeightsAreZero() {
        assertThat(loss(new float[network.layout().size()], 7, 2)).isCloseTo(Math.log(VOCABULARY), within(1e-6));
    }

    @Test
    void shouldRememberFromWindowToWindow() {
        float[] weights = new float[network.layout().size()];
        RandomGenerator random = new RandomStreams(1).stream("weights");
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }

        double whole = loss(weights, 1000, 2);

        assertThat(whole).isGreaterThan(Math.log(VOCABULARY));
        assertThat(loss(weights, 3, 2)).isCloseTo(whole, within(1e-4));
        assertThat(loss(weights, 7, 2)).isCloseTo(whole, within(1e-4));
        assertThat(Math.abs(loss(weights, 7, 1) - whole)).isGreaterThan(1e-4);
    }

    private double loss(float[] weights, int bptt, int columns) {
        RandomGenerator random = new RandomStreams(2).stream("text");
        int[] tokens = random.ints(80, 0, VOCABULARY).toArray();
        TextColumns text = new TextColumns("text", new TokenText(tokens), columns);
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode paused = Autograd.paused()) {
            ParameterVector vector = new ParameterVector(scope, network.layout(), weights);
            return new Judge(network, bptt)
                    .loss(scope, vector, text, () -> false)
                    .orElseThrow();
        }
    }
}
