package io.dartboard.nas.image.network;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.ParameterVector;
import java.util.ArrayList;
import java.util.List;

/** A network with the weights that the golden file of discrete networks prescribes. */
final class GoldenNetwork {

    final DiscreteNetwork network;
    final ParameterVector weights;
    final ParameterVector statistics;
    private final ChannelConstants constants;

    GoldenNetwork(NDManager scope, DiscreteNetwork network) {
        this.network = network;
        this.weights = new ParameterVector(scope, network.weights(), filled(network.weights()));
        this.statistics = new ParameterVector(
                scope, network.statistics(), network.statistics().initial(new RandomStreams(0).stream("statistics")));
        this.constants = new ChannelConstants(scope, DataType.FLOAT32);
    }

    Pass training(NDManager scope, Leaves leaves) {
        return Pass.training(leaves, statistics.constants(), constants);
    }

    Pass evaluation(NDManager scope) {
        return Pass.evaluation(weights.constants(), statistics.constants(), constants);
    }

    /** Names and shapes as the file writes them: {@code name[2, 3]}. */
    static List<String> parameters(ParameterLayout layout) {
        List<String> parameters = new ArrayList<>();
        for (ParameterLayout.Leaf leaf : layout.leaves()) {
            List<Long> shape = new ArrayList<>();
            for (long extent : leaf.shape().getShape()) {
                shape.add(extent);
            }
            parameters.add(leaf.name() + shape);
        }
        return parameters;
    }

    /** The weights of fact {@code fill}: an integer formula, one seed per parameter. */
    private static float[] filled(ParameterLayout layout) {
        float[] values = new float[layout.size()];
        for (int i = 0; i < layout.leaves().size(); i++) {
            ParameterLayout.Leaf leaf = layout.leaves().get(i);
            boolean tensor = leaf.shape().dimension() > 1;
            double scale = tensor ? Math.sqrt(3.0 / (leaf.size() / leaf.shape().get(0))) : 0.25;
            float[] part = lcg(leaf.size(), i + 1, scale);
            float shift = !tensor && leaf.name().contains("weight") ? 1 : 0;
            for (int j = 0; j < part.length; j++) {
                values[leaf.offset() + j] = part[j] + shift;
            }
        }
        return values;
    }

    static float[] lcg(int count, long seed, double scale) {
        float[] values = new float[count];
        for (int j = 0; j < count; j++) {
            long mixed = (j * 2654435761L + seed * 40503L) & 0xffffffffL;
            values[j] = (float) ((mixed / 4294967296.0 - 0.5) * 2 * scale);
        }
        return values;
    }
}
