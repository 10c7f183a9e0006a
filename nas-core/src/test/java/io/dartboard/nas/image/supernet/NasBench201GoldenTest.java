package io.dartboard.nas.image.supernet;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenTensors;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.bilevel.Mixing;
import io.dartboard.nas.derive.DerivationRule;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The supernet of NAS-Bench-201, number by number. */
class NasBench201GoldenTest {
    private static final double TOLERANCE = 1e-5;
    private static final NasBench201Space SPACE = NasBench201Space.PUBLISHED;

    private final GoldenTensors file = GoldenTensors.read("nasbench201_search.safetensors");
    private final NDManager scope = Torch.open(TestDevice.get());
    private final AlphaLayout alphaLayout = AlphaLayout.sharedByKind(SPACE);
    private final Alphas alphas = Alphas.of(alphaLayout, file.floats("alpha"));

    @AfterEach
    void close() {
        scope.close();
    }

    /** One edge after the other, and all of a node side by side. */
    @ParameterizedTest
    @ValueSource(longs = {1, Long.MAX_VALUE})
    void shouldComputeLogitsLossAndTheGradientOfAlphas(long bundleBytes) {
        RelaxedNetwork supernet = supernet(new Grouping(bundleBytes, 1));
        for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
            try (NDManager pass = scope.newSubManager();
                    Autograd.Mode recording = Autograd.recording()) {
                ParameterVector weights =
                        new ParameterVector(pass, supernet.layout(), file.gather(supernet.layout(), "w."), type);
                NDArray leaf = new AlphaVector(pass, alphas, type).leaf(pass);
                HostTensor x = file.tensor("x");
                DeviceBatch batch = DeviceBatch.of(
                        pass,
                        x.floats(),
                        file.tensor("y").longs(),
                        x.shape().get(1),
                        x.shape().get(2),
                        x.shape().get(3));

                NDArray logits = supernet.logits(
                        batch.images().toType(type, false),
                        Mixing.SOFTMAX.weights(leaf, alphaLayout),
                        Pass.search(weights.constants(pass), new ChannelConstants(pass, type)));
                NDArray loss = Functional.crossEntropy(logits, batch.labels());
                NDArray gradient = Autograd.gradient(loss, leaf);

                check("logits", logits, file.floats("logits"));
                check("loss", loss, (float) file.json("loss").asDouble());
                check("gradient", gradient, file.floats("grad_alpha"));
            }
        }
    }

    @Test
    void shouldOrderEdgesAndCandidatesAsTheAuthors() {
        List<String> edges = new ArrayList<>();
        SPACE.cell()
                .edges()
                .forEach(edge -> edges.add("%d<-%d".formatted(SPACE.cell().inputs() + edge.node(), edge.from())));
        assertThat(edges).isEqualTo(texts(file.json("edge_order")));
        assertThat(SPACE.candidates()).map(Object::toString).isEqualTo(texts(file.json("ops")));
    }

    @Test
    void shouldDeriveTheCellOfTheAuthors() {
        assertThat(DerivationRule.of(SPACE).derive(alphas).architecture())
                .hasToString(file.facts().get("genotype"));
    }

    /** The names that the authors' program gives its weights. */
    @Test
    void shouldNameTheWeightsAsPublished() {
        assertThat(supernet(Grouping.unbounded()).layout().leaves().stream()
                        .map(ParameterLayout.Leaf::name)
                        .map(name -> "w." + name))
                .containsExactlyInAnyOrderElementsOf(file.names().stream()
                        .filter(name -> name.startsWith("w."))
                        .toList());
    }

    private RelaxedNetwork supernet(Grouping grouping) {
        JsonNode config = file.json("config");
        return RelaxedNetwork.of(
                SPACE,
                new NetworkShape(
                        config.get("C").asInt(),
                        3 * config.get("N").asInt() + 2,
                        config.get("num_classes").asInt()),
                file.tensor("x").shape().get(1),
                grouping,
                AlphaSharing.BY_KIND,
                EdgeForm.FULL,
                SupernetStage.WHOLE);
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static void check(String what, NDArray found, float... expected) {
        assertClose(what, Copy.toHost(found), expected, TOLERANCE, TOLERANCE);
    }
}
