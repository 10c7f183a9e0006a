package io.dartboard.nas.optim;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Initialization;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AveragingGoldenTest {
    private static final Pattern TRAJECTORY =
            Pattern.compile("asgd_t0_0_lambd_0_lr([0-9.e-]+)_wd([0-9.e-]+)_from_\\[(.*)]");

    private final JsonNode golden = GoldenJson.read("schedules_and_small_functions.json");

    @Test
    void shouldFollowTheTrajectoryOfWeightsAndAverage() {
        int checked = 0;
        for (Map.Entry<String, JsonNode> entry : golden.properties()) {
            Matcher name = TRAJECTORY.matcher(entry.getKey());
            if (name.matches()) {
                check(name, entry.getValue(), false);
                check(name, entry.getValue(), true);
                checked++;
            }
        }
        assertThat(checked).isPositive();
    }

    private static void check(Matcher name, JsonNode steps, boolean saveEachStep) {
        String[] start = name.group(3).split(",");
        float[] values = new float[start.length];
        for (int i = 0; i < start.length; i++) {
            values[i] = Float.parseFloat(start[i]);
        }
        double decay = Double.parseDouble(name.group(2));
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        builder.add("p", new Shape(values.length), new Initialization.Constant(0));
        try (NDManager scope = Torch.open(TestDevice.get());
                Autograd.Mode paused = Autograd.paused()) {
            ParameterVector weights = new ParameterVector(scope, builder.build(), values);
            Asgd asgd = new Asgd(scope, weights, decay);
            for (JsonNode step : steps) {
                if (saveEachStep) {
                    asgd = new Asgd(scope, weights, decay, asgd.averaged().toArray(), asgd.steps());
                }
                float[] gradient = floats(step.get("grad"));
                asgd.step(
                        Copy.toDevice(scope, gradient, new Shape(gradient.length)), Double.parseDouble(name.group(1)));

                assertClose("weights", weights.toArray(), floats(step.get("p")), 1e-6, 1e-6);
                assertClose("average", asgd.averaged().toArray(), floats(step.get("ax")), 1e-6, 1e-6);
            }
        }
    }

    @Test
    void shouldSwitchToAveragingWhereTheAuthorsSwitch() {
        JsonNode cases = golden.get("nt_asgd_trigger");
        assertThat(cases).isNotEmpty();
        for (JsonNode given : cases) {
            int epoch = -1;
            List<Double> before = new ArrayList<>();
            for (JsonNode loss : given.get("val_losses")) {
                if (epoch < 0 && new NonMonotone(5).triggers(before, loss.asDouble())) {
                    // The file counts epochs from 1.
                    epoch = before.size() + 1;
                }
                before.add(loss.asDouble());
            }
            assertThat(epoch).isEqualTo(given.get("switch_at_epoch").asInt(-1));
        }
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).floatValue();
        }
        return values;
    }
}
