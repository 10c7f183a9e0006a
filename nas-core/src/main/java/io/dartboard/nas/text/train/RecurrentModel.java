package io.dartboard.nas.text.train;

import ai.djl.ndarray.NDManager;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.text.data.TextColumns;
import io.dartboard.nas.text.network.RecurrentNetwork;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/** A language model whose training is over. */
record RecurrentModel(RecurrentNetwork network, float[] weights) {

    /** Every weight by its published name, with its shape. */
    Safetensors named() {
        return new Safetensors(network.layout().named("", weights), Map.of());
    }

    /** Mean loss of a word, in nats; nothing if {@code wantsStop} says yes. */
    OptionalDouble loss(NDManager parent, Judge judge, TextColumns text, BooleanSupplier wantsStop) {
        try (NDManager scope = parent.newSubManager()) {
            return judge.loss(scope, new ParameterVector(scope, network.layout(), weights), text, wantsStop);
        }
    }
}
