package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Torch;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The problem of the paper's figure 2, whose gradient can be written down. */
class ToyBilevelGoldenTest {

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(
                GoldenJson.read("schedules_and_small_functions.json")
                        .get("toy_bilevel")
                        .get("cases")
                        .spliterator(),
                false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldFollowTheClosedForm(JsonNode one) {
        try (NDManager scope = Torch.open(TestDevice.get())) {
            ToyBilevel toy = new ToyBilevel(
                    scope, one.get("alpha").asDouble(), one.get("w").asDouble());
            InnerStep inner = toy.inner(one.get("xi").asDouble());

            double moved = Copy.scalar(inner.move(scope).weights());
            double gradient = Copy.scalar(
                    new Unrolled().estimate(scope, inner, toy.valid()).gradient());

            assertThat(moved).isCloseTo(one.get("w_prime").asDouble(), within(1e-6));
            assertThat(gradient).isCloseTo(one.get("grad_alpha").asDouble(), within(1e-5));
        }
    }
}
