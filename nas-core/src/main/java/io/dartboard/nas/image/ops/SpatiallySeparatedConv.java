package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Torch;

/** {@code conv_7x1_1x7}, of published cells only: ReLU, full 1x7, full 7x1, one BN; each has the stride in its own axis. */
public final class SpatiallySeparatedConv extends Rectified {
    private static final int LENGTH = 7;

    private final Conv2d alongRow;
    private final Conv2d alongColumn;
    private final int row;
    private final int column;

    private SpatiallySeparatedConv(Conv2d alongRow, Conv2d alongColumn, int row, int column, Normalization last) {
        super(last);
        this.alongRow = alongRow;
        this.alongColumn = alongColumn;
        this.row = row;
        this.column = column;
    }

    static SpatiallySeparatedConv of(Assembly assembly, String prefix, int channels, int stride) {
        int padding = LENGTH / 2;
        return new SpatiallySeparatedConv(
                new Conv2d(1, stride, 0, padding, 1, 1),
                new Conv2d(stride, 1, padding, 0, 1, 1),
                assembly.kernel(prefix + "1.weight", channels, channels, 1, LENGTH),
                assembly.kernel(prefix + "2.weight", channels, channels, LENGTH, 1),
                assembly.normalization(prefix + "3", channels));
    }

    @Override
    NDArray convolve(NDArray rectified, Pass pass) {
        NDArray rows = alongRow.apply(rectified, pass.weight(row)); // (N, C, H, W')
        return Torch.consume(rows, x -> alongColumn.apply(x, pass.weight(column))); // (N, C, H', W')
    }
}
