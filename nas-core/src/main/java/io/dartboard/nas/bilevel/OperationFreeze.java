package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.tensor.ParameterLayout;
import java.util.List;
import java.util.Optional;

/** When a candidate operation of the supernet is trained no further, while all else goes on. */
@FunctionalInterface
public interface OperationFreeze {
    /** Never: all operations are trained to the end. */
    OperationFreeze NONE = (scope, layout, operations, type) -> Optional.empty();

    /**
     * What a search with it keeps of its operations; empty if it freezes none.
     *
     * @param scope what that lives as long as
     * @param operations what the names of each one's weights begin with
     * @param type precision of the weights
     */
    Optional<FrozenOperations> begin(NDManager scope, ParameterLayout layout, List<String> operations, DataType type);

    /** Why a recurrent search cannot have it; empty if it can. */
    default Optional<String> unfitForRecurrentCells() {
        return Optional.empty();
    }
}
