package io.dartboard.nas.text.train;

import ai.djl.ndarray.NDManager;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.text.data.TextColumns;
import io.dartboard.nas.text.network.RecurrentNetwork;
import java.util.Map;
import java.util.OptionalDouble;

/** A language model whose training is over. */
record RecurrentModel(RecurrentNetwork network, float[] weights) {

    /** Every weight by its published name, with its shape. */
    Safetensors named() {
        return new Safetensors(network.layout().named("", weights), Map.of());
    }

    /** Mean loss of a word, in nats; nothing if the observer wants to stop. */
    OptionalDouble loss(NDManager parent, Judge judge, TextColumns text, LoopObserver observer) {
        try (NDManager scope = parent.newSubManager()) {
            return judge.loss(scope, new ParameterVector(scope, network.layout(), weights), text, observer);
        }
    }
}
