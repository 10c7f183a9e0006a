package io.dartboard.nas.text.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.tensor.Functional;

/**
 * A recurrent cell through time. With the matrix {@code W0} (2n, 2n), the masks {@code mx}, {@code mh} and a step's input
 * {@code x} and hidden state {@code h}: {@code [c | u] = [x * mx, h * mh] W0}, state 0 is
 * {@code h + sigmoid(c) * (tanh(u) - h)}, and the body makes the next hidden state of it.
 *
 * <p>The input's share of the product needs no hidden state, so it is one product for all steps.
 *
 * <p>Source: DARTS (arXiv 1806.09055), appendix A.1.2, after the recurrent highway of ENAS (arXiv 1802.03268).
 */
public final class Recurrence {
    private Recurrence() {}

    /**
     * All steps of a window.
     *
     * @param x (T, B, n)
     * @param hidden (B, n)
     * @param mixing {@code W0}, (2n, 2n)
     * @return T outputs, each (B, n); the last is the hidden state for the next window
     */
    public static NDList unroll(NDArray x, NDArray hidden, NDArray mixing, Masks masks, CellBody body) {
        long steps = x.getShape().get(0);
        long rows = steps * x.getShape().get(1);
        long width = x.getShape().get(2);
        NDList halves = mixing.split(2);
        NDArray product = masks.cellInputs().apply(x).reshape(rows, width).matMul(halves.get(0));
        NDList fromInputs = product.split(steps); // each (B, 2n)
        NDArray state = hidden;
        NDList outputs = new NDList();
        for (NDArray fromInput : fromInputs) {
            NDArray both = masks.hidden().apply(state).matMul(halves.get(1)).addi(fromInput);
            NDList gateAndValue = both.split(2, 1);
            NDArray gate = Functional.sigmoid(gateAndValue.get(0));
            NDArray change = Functional.tanh(gateAndValue.get(1)).sub(state);
            state = body.apply(state.add(gate.mul(change)));
            outputs.add(state);
        }
        return outputs;
    }
}
