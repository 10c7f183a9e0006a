package io.dartboard.nas.alpha;

import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CnnSpace;
import java.util.LinkedHashMap;
import java.util.Map;

/** Alphas of two kinds of cell. */
public final class CnnAlphas {
    /** Those of the space of DARTS. */
    public static final AlphaLayout DARTS = AlphaLayout.sharedByKind(CnnSpace.DARTS);

    private CnnAlphas() {}

    public static Alphas of(AlphaMatrix normal, AlphaMatrix reduce) {
        Map<String, AlphaMatrix> groups = new LinkedHashMap<>();
        groups.put(CellKind.NORMAL.publishedName(), normal);
        groups.put(CellKind.REDUCE.publishedName(), reduce);
        return new Alphas(groups);
    }
}
