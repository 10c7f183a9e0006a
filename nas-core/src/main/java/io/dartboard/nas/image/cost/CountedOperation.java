package io.dartboard.nas.image.cost;

import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.searchspace.CatalogueEntry;
import io.dartboard.nas.searchspace.OperationCatalogue;
import io.dartboard.nas.searchspace.Primitive;

/** An operation with what it costs, by arithmetic. */
public interface CountedOperation extends CatalogueEntry {
    /**
     * Weights and multiply-adds of the operation, from and to the channels of its input.
     *
     * @param stride 1 or 2
     * @param layers what the layers of its network cost
     * @throws IllegalArgumentException if it cannot be applied to such an input
     */
    Cost cost(FeatureMap input, int stride, Layers layers);

    /**
     * The operation of a primitive.
     *
     * @throws IllegalArgumentException if the catalogue has none that can be counted
     */
    static CountedOperation of(Primitive primitive) {
        return OperationCatalogue.installed().entry(primitive, CountedOperation.class);
    }
}
