package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.image.cost.FeatureMap;
import io.dartboard.nas.image.cost.Layers;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.ChannelGroups;
import io.dartboard.nas.tensor.Torch;
import java.util.Optional;

/** {@code skip_connect}: the identity at stride 1, a factorized reduce at stride 2. */
record SkipConnect(Primitive primitive) implements CandidateOperation {
    @Override
    public Operation assemble(Assembly assembly, String prefix, int channels, int stride) {
        return stride == 1 ? new Identity() : FactorizedReduce.of(assembly, prefix, channels, channels);
    }

    @Override
    public Optional<BundledOperation> bundle(BundleKernels kernels) {
        return Optional.of(Bundled.of(kernels));
    }

    @Override
    public Cost cost(FeatureMap input, int stride, Layers layers) {
        return stride == 1 ? Cost.ZERO : layers.factorizedReduce(input, input.channels());
    }

    /** A factorized reduce of every edge. */
    private record Bundled(int edges, BundledLayer first, BundledLayer second) implements BundledOperation {
        static Bundled of(BundleKernels kernels) {
            int channels = kernels.channels();
            int half = channels / 2;
            return new Bundled(
                    kernels.edges(),
                    new BundledLayer(kernels.pointwise(), kernels.register("conv_1.weight", half, channels, 1, 1)),
                    new BundledLayer(kernels.pointwise(), kernels.register("conv_2.weight", half, channels, 1, 1)));
        }

        @Override
        public void addTo(BundledTerms sum, BundledStates input, NDArray gain, Pass pass) {
            NDArray even = first.apply(input.even(), pass); // (N, edges * C / 2, H / 2, W / 2)
            NDArray odd = second.apply(input.odd(), pass);
            NDArray joined = ChannelGroups.concat(even, odd, edges); // (N, edges * C, H / 2, W / 2)
            even.close();
            odd.close();
            sum.add(Torch.consume(joined, last -> pass.normalize(last, gain)));
        }
    }
}
