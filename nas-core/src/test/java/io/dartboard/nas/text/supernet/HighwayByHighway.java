package io.dartboard.nas.text.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.text.ops.LanguageModel;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import io.dartboard.nas.text.ops.Masks;
import io.dartboard.nas.text.ops.StepByStep;
import java.util.ArrayList;
import java.util.List;

/**
 * The recurrent supernet as the paper writes it: in each step in time each edge multiplies its own state, each candidate
 * has its own highway, and each product with a softmax weight is added up.
 */
public final class HighwayByHighway implements RelaxedLanguageModel {
    private final RecurrentSpace space;
    private final LanguageModel model;

    /** Its weights lie where those of the {@link RecurrentSupernet} lie. */
    public HighwayByHighway(RecurrentSpace space, int vocabulary, int width) {
        this.space = space;
        this.model = new LanguageModel(vocabulary, width, space.nodes());
    }

    @Override
    public RecurrentSpace space() {
        return space;
    }

    @Override
    public LanguageModel model() {
        return model;
    }

    @Override
    public Outputs run(
            DeviceTokens tokens,
            NDArray hidden,
            NDArray weights,
            Leaves leaves,
            Masks masks,
            ChannelConstants constants) {
        NDArray mixture = weights.reshape(space.edgeCount(), space.candidateCount());
        StepByStep pass = new StepByStep(model, leaves, masks);
        return pass.run(tokens, hidden, (x, h) -> step(x, h, mixture, pass, constants));
    }

    private NDArray step(NDArray x, NDArray h, NDArray mixture, StepByStep pass, ChannelConstants constants) {
        List<NDArray> states = new ArrayList<>();
        states.add(constants.normalize(pass.start(x, h)));
        for (int node = 0; node < space.nodes(); node++) {
            NDList terms = new NDList();
            for (Edge edge : space.cell().edgesOf(node)) {
                NDArray state = states.get(edge.from());
                NDList product = pass.product(state, node);
                for (int k = 0; k < space.candidateCount(); k++) {
                    RecurrentPrimitive candidate = space.candidates().get(k);
                    if (candidate != RecurrentPrimitive.NONE) {
                        NDArray value = StepByStep.function(candidate, product.get(1));
                        NDArray weight = mixture.get("{},{}", edge.index(), k).reshape(1);
                        terms.add(
                                StepByStep.highway(state, product.get(0), value).mul(weight));
                    }
                }
            }
            states.add(constants.normalize(terms.stream().reduce(NDArray::add).orElseThrow()));
        }
        NDList nodes = new NDList(states.subList(1, states.size()));
        return NDArrays.stack(nodes).mean(new int[] {0});
    }
}
