package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.image.ops.BundledTerms;
import io.dartboard.nas.tensor.ChannelGroups;
import io.dartboard.nas.tensor.Torch;

/**
 * What the candidates of a bundle add to a node. They are summed while their edges still lie side by side; then the edges
 * are. Every candidate's term is a fresh array that no derivative reads again.
 */
final class BundleSum implements BundledTerms {
    private final int edges;
    private final LayoutSum pixels = new LayoutSum(); // (N, edges * C, H, W)
    private final LayoutSum phases = new LayoutSum(); // (4N, edges * C, H / 2, W / 2)

    BundleSum(int edges) {
        this.edges = edges;
    }

    @Override
    public void add(NDArray term) {
        pixels.addImages(term);
    }

    @Override
    public void addPhases(NDArray term) {
        phases.addImages(term);
    }

    /** Adds the total, if there was any term, to a node's. */
    void addTo(NodeSum node) {
        add(pixels, node.pixels());
        add(phases, node.phases());
    }

    private void add(LayoutSum wide, LayoutSum sum) {
        if (wide.isEmpty()) {
            return;
        }
        if (edges == 1) {
            sum.addImages(wide.total());
        } else {
            sum.addRows(Torch.consume(wide.total(), each -> ChannelGroups.sum(each, edges)));
        }
    }
}
