package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.provenance.RandomStream;
import java.util.function.DoubleSupplier;

/** Random numbers of a stream, drawn on the heap and brought to a device: few, one for each alpha. */
public final class Noise {
    private Noise() {}

    /** Draws an array, row-major. */
    public static NDArray on(NDManager scope, Shape shape, DataType type, DoubleSupplier draw) {
        double[] values = new double[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = draw.getAsDouble();
        }
        NDArray wide = Copy.toDevice(scope, values, shape);
        return type == DataType.FLOAT64 ? wide : Torch.consume(wide, each -> each.toType(type, true));
    }

    /** Numbers of the standard Gumbel distribution, one for each of an array, of its shape and type. */
    static NDArray gumbel(NDArray like, RandomStream random) {
        return on(
                like.getManager(),
                like.getShape(),
                like.getDataType(),
                () -> -StrictMath.log(Math.max(random.nextExponential(), Double.MIN_NORMAL)));
    }
}
