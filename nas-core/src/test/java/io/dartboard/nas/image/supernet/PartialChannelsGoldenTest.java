package io.dartboard.nas.image.supernet;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.GoldenTensors;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.alpha.Softmax;
import io.dartboard.nas.bilevel.Mixing;
import io.dartboard.nas.derive.EdgeWeightedTopTwo;
import io.dartboard.nas.derive.TopTwo;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.searchspace.CnnSpace;
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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The supernet of PC-DARTS, number by number: its candidates see a part of the channels, and its edges compete. */
class PartialChannelsGoldenTest {
    private static final double TOLERANCE = 1e-5;

    private final GoldenTensors file = GoldenTensors.read("pcdarts_step.safetensors");
    private final NDManager scope = Torch.open(TestDevice.get());
    private final int parts = file.json("config").get("K").asInt();
    private final EdgeForm form = new EdgeForm.PartialChannels(parts);
    private final AlphaLayout layout = form.alphas(AlphaLayout.sharedByKind(CnnSpace.DARTS));
    private final Supernet supernet = new Supernet(
            CnnSpace.DARTS,
            new NetworkShape(
                    file.json("config").get("C").asInt(),
                    file.json("config").get("layers").asInt(),
                    file.tensor("net.w.classifier.bias").shape().get(0)),
            3,
            Grouping.unbounded(),
            AlphaSharing.BY_KIND,
            form);

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void shouldComputeLogitsLossAndTheGradientOfAlphasAndBetas() {
        try (Autograd.Mode recording = Autograd.recording()) {
            ParameterVector weights =
                    new ParameterVector(scope, supernet.layout(), file.gather(supernet.layout(), "net.w."));
            NDArray alphas = new AlphaVector(scope, alphas(), DataType.FLOAT32).leaf(scope);
            HostTensor x = file.tensor("net.x");
            DeviceBatch batch = DeviceBatch.of(
                    scope,
                    x.floats(),
                    file.tensor("net.y").longs(),
                    x.shape().get(1),
                    x.shape().get(2),
                    x.shape().get(3));
            Pass pass = Pass.search(weights.constants(scope), new ChannelConstants(scope, DataType.FLOAT32));

            NDArray logits = supernet.logits(batch.images(), Mixing.SOFTMAX.weights(alphas, layout), pass);
            NDArray loss = Functional.crossEntropy(logits, batch.labels());
            NDArray gradient = Autograd.gradient(loss, alphas);

            assertClose("logits", Copy.toHost(logits), file.floats("net.logits"), TOLERANCE, TOLERANCE);
            assertClose(
                    "loss",
                    Copy.toHost(loss),
                    new float[] {(float) file.json("loss").asDouble()},
                    TOLERANCE,
                    TOLERANCE);
            assertClose("gradient", Copy.toHost(gradient), flat("net.grad."), TOLERANCE, TOLERANCE);
        }
    }

    @Test
    void shouldShuffleChannelsAsTheAuthors() {
        GoldenJson.Numbered name = GoldenJson.numbered(file.facts().keySet(), "channel_shuffle_#_groups#")
                .get(0);
        JsonNode expected = file.json(name.name());
        int channels = name.whole(0);
        int groups = name.whole(1);
        try (Autograd.Mode paused = Autograd.paused()) {
            double[] places = IntStream.range(0, channels).asDoubleStream().toArray();
            NDArray image = Copy.toDevice(scope, places, new Shape(1, channels, 1, 1));
            PassingChannels passing = new PassingChannels(groups);
            PassingChannels.Cut cut = passing.cut(image);
            NDArray one = scope.ones(new Shape(1), DataType.FLOAT64);

            NDArray node = passing.node(cut.seen(), List.of(passing.along(cut.passing(), 1)), List.of(one));

            assertThat(node.toDoubleArray())
                    .containsExactly(IntStream.range(0, channels)
                            .mapToDouble(i -> expected.get(i).asDouble())
                            .toArray());
        }
    }

    @Test
    void shouldHaveThePublishedNumberOfWeights() {
        GoldenJson.Numbered name =
                GoldenJson.numbered(file.facts().keySet(), "params_C#_L#").get(0);
        NetworkShape published = new NetworkShape(name.whole(0), name.whole(1), 10);
        assertThat(new Supernet(CnnSpace.DARTS, published, 3, Grouping.unbounded(), AlphaSharing.BY_KIND, form)
                        .layout()
                        .size())
                .isEqualTo(file.json(name.name()).asInt());
    }

    @Test
    void shouldDeriveTheGenotypeOfTheAuthors() {
        assertThat(new EdgeWeightedTopTwo(CnnSpace.DARTS, new Softmax()).genotype(alphas()))
                .isEqualTo(GoldenJson.genotype(file.json("genotype")));
        assertThatThrownBy(() -> new TopTwo(CnnSpace.DARTS).genotype(alphas())).hasMessageContaining("normal.edges");
    }

    private Alphas alphas() {
        return Alphas.of(layout, flat(""));
    }

    private float[] flat(String prefix) {
        float[] flat = new float[layout.size()];
        int from = 0;
        for (String name : new String[] {"alphas_normal", "alphas_reduce", "betas_normal", "betas_reduce"}) {
            float[] values = file.floats(prefix + name);
            System.arraycopy(values, 0, flat, from, values.length);
            from += values.length;
        }
        return flat;
    }

    /** The names that the authors' program gives its weights. */
    @Test
    void shouldNameTheWeightsAsPublished() {
        assertThat(supernet.layout().leaves().stream()
                        .map(ParameterLayout.Leaf::name)
                        .map(name -> "net.w." + name))
                .containsExactlyInAnyOrderElementsOf(file.names().stream()
                        .filter(name -> name.startsWith("net.w."))
                        .toList());
    }
}
