package io.dartboard.nas.image.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.optim.CosineSchedule;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Torch;
import org.junit.jupiter.api.Test;

class SmallFunctionsGoldenTest {

    private static final JsonNode GOLDEN = GoldenJson.read("schedules_and_small_functions.json");

    @Test
    void shouldRaiseTheDropPathProbabilityAsTheAuthorsDo() {
        GoldenJson.Numbered name =
                GoldenJson.numbered(GOLDEN::fieldNames, "drop_path_prob_#_#").get(0);
        int epochs = name.whole(0);
        TrainingPlan plan = new TrainingPlan(
                epochs, 96, new CosineSchedule(0.025, 0, epochs), 0.9, 3e-4, 5, 0.4, name.number(1), 0);
        JsonNode expected = GOLDEN.get(name.name());
        assertThat(expected).isNotEmpty();
        expected.fields().forEachRemaining(point -> assertThat(plan.dropPathAt(Integer.parseInt(point.getKey())))
                .isCloseTo(point.getValue().asDouble(), within(1e-15)));
    }

    @Test
    void shouldSmoothLabelsAsTheAuthorsDo() {
        GoldenJson.Numbered name =
                GoldenJson.numbered(GOLDEN::fieldNames, "label_smoothing_#").get(0);
        JsonNode expected = GOLDEN.get(name.name());
        JsonNode logits = expected.get("logits");
        int rows = logits.size();
        int columns = logits.get(0).size();
        float[] values = new float[rows * columns];
        long[] targets = new long[rows];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) logits.get(i / columns).get(i % columns).asDouble();
        }
        for (int i = 0; i < rows; i++) {
            targets[i] = expected.get("targets").get(i).asLong();
        }
        try (NDManager scope = Torch.open(TestDevice.get())) {
            double loss = Copy.scalar(Functional.smoothedCrossEntropy(
                    Copy.toDevice(scope, values, new Shape(rows, columns)),
                    Copy.toDevice(scope, targets),
                    name.number(0)));

            assertThat(loss).isCloseTo(expected.get("loss").asDouble(), within(1e-6));
        }
    }
}
