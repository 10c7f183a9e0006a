package io.dartboard.nas.text.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import io.dartboard.nas.text.ops.Masks;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another runtime, step by step, computes of the model what this engine computes of a window. */
class OnnxLanguageModelTest {
    private static final int VOCABULARY = 13;
    private static final int WIDTH = 6;
    private static final int STEPS = 9;
    private static final int COLUMNS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"ENAS", "DARTS_V1", "DARTS_V2"})
    void shouldComputePublishedCells(String name) throws OrtException {
        same(PublishedRecurrentGenotypes.of(name));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldComputeRandomCells(long seed) throws OrtException {
        same((RecurrentGenotype) Architecture.random(RecurrentSpace.DARTS, seed));
    }

    private static void same(RecurrentGenotype genotype) throws OrtException {
        RecurrentNetwork network = new RecurrentNetwork(genotype, VOCABULARY, WIDTH);
        RandomGenerator random = new RandomStreams(3).stream("test");
        float[] weights = new float[network.layout().size()];
        IntStream.range(0, weights.length).forEach(i -> weights[i] = random.nextFloat(-1, 1));
        long[] words = random.longs(STEPS * COLUMNS, 0, VOCABULARY).toArray();
        byte[] model =
                OnnxLanguageModel.of(network, new TreeMap<>(network.layout().named("", weights)), Map.of());
        try (NDManager scope = Torch.open(Device.cpu())) {
            ParameterVector vector = new ParameterVector(scope, network.layout(), weights);
            Outputs outputs = network.run(
                    DeviceTokens.of(scope, words, words, STEPS, COLUMNS),
                    scope.zeros(new Shape(COLUMNS, WIDTH)),
                    vector.constants(scope),
                    Masks.none());

            assertThat(run(model, words)).containsExactly(Copy.toHost(outputs.logits()), within(1e-4f));
        }
    }

    /** The logits of all steps, (T * B, V). */
    private static float[] run(byte[] model, long[] words) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        float[] logits = new float[words.length * VOCABULARY];
        float[] hidden = new float[COLUMNS * WIDTH];
        try (OrtSession session = environment.createSession(model)) {
            for (int step = 0; step < STEPS; step++) {
                long[] now = Arrays.copyOfRange(words, step * COLUMNS, (step + 1) * COLUMNS);
                try (OnnxTensor inputs =
                                OnnxTensor.createTensor(environment, LongBuffer.wrap(now), new long[] {COLUMNS});
                        OnnxTensor before = OnnxTensor.createTensor(
                                environment, FloatBuffer.wrap(hidden), new long[] {COLUMNS, WIDTH});
                        OrtSession.Result result = session.run(
                                Map.of(OnnxLanguageModel.WORDS, inputs, OnnxLanguageModel.HIDDEN, before))) {
                    copy(result, OnnxLanguageModel.LOGITS, logits, step * COLUMNS * VOCABULARY);
                    copy(result, OnnxLanguageModel.NEXT, hidden, 0);
                }
            }
        }
        return logits;
    }

    private static void copy(OrtSession.Result result, String name, float[] into, int at) throws OrtException {
        float[][] rows = (float[][]) result.get(name).orElseThrow().getValue();
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, into, at + row * rows[row].length, rows[row].length);
        }
    }
}
