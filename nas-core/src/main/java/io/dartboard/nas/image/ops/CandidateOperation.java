package io.dartboard.nas.image.ops;

import io.dartboard.nas.image.cost.CountedOperation;
import io.dartboard.nas.searchspace.OperationCatalogue;
import io.dartboard.nas.searchspace.Primitive;
import java.util.Optional;

/**
 * A candidate operation as the catalogue holds it: all that a search, a retraining, a count and a drawing need to know.
 * To add one is to write this and to name it in {@link Operations}, or in an
 * {@link io.dartboard.nas.searchspace.OperationSource} of another jar.
 */
public interface CandidateOperation extends CountedOperation {
    /**
     * The operation by itself, keeping its channels, in the {@linkplain Assembly#form() form} of the network that is put
     * together. Where its primitive is weightless it registers no weights in the search form.
     *
     * @param prefix of its weights' names; ends with a dot
     * @param stride 1 or 2
     */
    Operation assemble(Assembly assembly, String prefix, int channels, int stride);

    /**
     * The operation on several edges at once in the search form, with the weights of {@link #assemble}, to whose results its
     * own are equal. Asked for only at a stride at which there are weights. Without one, edges are computed one by one.
     */
    default Optional<BundledOperation> bundle(BundleKernels kernels) {
        return Optional.empty();
    }

    /**
     * The operation of a primitive.
     *
     * @throws IllegalArgumentException if the catalogue has none that can be computed
     */
    static CandidateOperation of(Primitive primitive) {
        return OperationCatalogue.installed().entry(primitive, CandidateOperation.class);
    }
}
