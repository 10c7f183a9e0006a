package io.dartboard.bench.methods;

import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.searchspace.CellSequence;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.setting.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A space that methods are measured in, and the size of its supernet. The narrower and the deeper, the sooner a search
 * collapses; the wide, the deep and the single one are those of confopt (AutoML 2025), whose deep one has 7 channels: here they
 * are even.
 *
 * @param id by which it is asked for
 * @param channels of the first cell, unless told otherwise
 * @param cells of the supernet, unless told otherwise
 * @param tabled whether there is a table of its cells
 */
record Yardstick(String id, ConvolutionalSpace space, int channels, int cells, boolean tabled) {
    /** One normal cell of eight nodes, with the candidates of DARTS. */
    private static final CnnSpace SINGLE = new CnnSpace(
            "single",
            CnnSpace.DARTS.candidates(),
            new CellShape(CnnSpace.INPUTS, 8),
            Optional.of(new CellSequence(List.of(0), List.of())));

    static final List<Yardstick> ALL = List.of(
            new Yardstick(NasBench201Space.PUBLISHED.id(), NasBench201Space.PUBLISHED, 16, 17, true),
            new Yardstick("wide", CnnSpace.DARTS, 18, 4, false),
            new Yardstick("deep", CnnSpace.DARTS, 8, 18, false),
            new Yardstick(SINGLE.id(), SINGLE, 26, 1, false),
            of(CnnSpace.DARTS),
            of(CnnSpace.FAIR_DARTS),
            of(CnnSpace.ROBUST_S3));

    private static Yardstick of(CnnSpace space) {
        SearchConfig paper = SearchConfig.paperCifar10();
        return new Yardstick(space.id(), space, paper.channels(), paper.cells(), false);
    }

    /**
     * The yardstick of an id.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that exist
     */
    static Yardstick of(String id) {
        return ALL.stream()
                .filter(yardstick -> yardstick.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--space must be one of %s (was '%s')"
                        .formatted(ALL.stream().map(Yardstick::id).collect(Collectors.joining(", ")), id)));
    }

    /** The settings of a search by name: those of DARTS on CIFAR-10 in this size. */
    Map<String, Object> settings() {
        Map<String, Object> settings = Settings.values(SearchConfig.paperCifar10());
        settings.put("channels", channels);
        settings.put("cells", cells);
        return settings;
    }
}
