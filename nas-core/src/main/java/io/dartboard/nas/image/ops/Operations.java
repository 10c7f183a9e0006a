package io.dartboard.nas.image.ops;

import io.dartboard.nas.searchspace.CatalogueEntry;
import io.dartboard.nas.searchspace.OperationSource;
import io.dartboard.nas.searchspace.Primitive;
import java.util.List;

/** The registry: every operation of this engine, one line each. */
public final class Operations implements OperationSource {
    @Override
    public List<CatalogueEntry> operations() {
        return List.of(
                new Zero.Entry(Primitive.NONE),
                new Pool.Entry(Primitive.MAX_POOL_3X3, true),
                new Pool.Entry(Primitive.AVG_POOL_3X3, false),
                new SkipConnect(Primitive.SKIP_CONNECT),
                new SeparableConv.Entry(Primitive.SEP_CONV_3X3, 3),
                new SeparableConv.Entry(Primitive.SEP_CONV_5X5, 5),
                new SeparableConv.Entry(Primitive.SEP_CONV_7X7, 7),
                new DilatedConv.Entry(Primitive.DIL_CONV_3X3, 3),
                new DilatedConv.Entry(Primitive.DIL_CONV_5X5, 5),
                new SpatiallySeparatedConv.Entry(Primitive.CONV_7X1_1X7, 7),
                new SpatiallySeparatedConv.Entry(Primitive.CONV_3X1_1X3, 3),
                new FullConv.Entry(Primitive.SIMPLE_CONV_1X1, 1),
                new FullConv.Entry(Primitive.SIMPLE_CONV_3X3, 3),
                new Bottleneck.Entry(Primitive.BOTTLENECK_1X3X1),
                new FullConv.Entry(Primitive.NOR_CONV_1X1, 1),
                new FullConv.Entry(Primitive.NOR_CONV_3X3, 3));
    }
}
