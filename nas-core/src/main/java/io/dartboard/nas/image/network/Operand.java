package io.dartboard.nas.image.network;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.image.ops.Operation;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.image.ops.Rectified;

/**
 * A term of the sum that makes a node of a discrete cell.
 *
 * @param value (N, C, H, W)
 * @param own whether the array is nobody else's. It may then be changed in place, for no derivative reads the result
 *     of a normalisation, of a pooling or of a sum
 */
record Operand(NDArray value, boolean own) {
    /** An operation on a state; dropped as the pass has it, unless it is an identity. */
    static Operand of(CellState from, Operation operation, Pass pass, DropPath dropPath) {
        if (operation.passesThrough()) {
            return new Operand(from.value(), false);
        }
        NDArray result = operation instanceof Rectified rectified
                ? rectified.applyRectified(from.rectified(), pass)
                : operation.apply(from.value(), pass);
        dropPath.next().ifPresent(result::muli);
        return new Operand(result, true);
    }

    /** The sum, in an array of its own; what was the operands' own is used up. */
    Operand plus(Operand other) {
        if (!own) {
            return other.own ? other.plus(this) : new Operand(value.add(other.value), true);
        }
        value.addi(other.value);
        if (other.own) {
            other.value.close();
        }
        return this;
    }
}
