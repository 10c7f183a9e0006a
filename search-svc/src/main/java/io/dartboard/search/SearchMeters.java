package io.dartboard.search;

import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.search.EpochReport;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.pipeline.meters.LiveGauges;
import io.dartboard.pipeline.meters.NasMeters;

/** The health of a live search beside its losses, as gauges that go with it. */
final class SearchMeters {
    private static final String NORMAL = "normal";
    private static final String REDUCE = "reduce";

    private final LiveGauges gauges;
    private final CnnSpace space;

    SearchMeters(LiveGauges gauges, CnnSpace space) {
        this.gauges = gauges;
        this.space = space;
    }

    void epoch(EpochReport report) {
        cell(NORMAL, report.normal(), report.alphas().normal());
        cell(REDUCE, report.reduce(), report.alphas().reduce());
    }

    private void cell(String cell, EpochReport.CellReport report, AlphaMatrix alphas) {
        gauges.set(NasMeters.ALPHA_GRAD_NORM, cell, report.gradientNorm());
        gauges.set(NasMeters.ALPHA_ENTROPY, cell, report.entropy());
        gauges.set(NasMeters.PARAMETER_FREE_OPS, cell, parameterFree(space, alphas));
    }

    /** Edges whose strongest operation has no parameters, {@code none} included. */
    static int parameterFree(CnnSpace space, AlphaMatrix alphas) {
        var free = 0;
        for (var edge = 0; edge < alphas.edges(); edge++) {
            var row = alphas.row(edge);
            var strongest = 0;
            for (var candidate = 1; candidate < row.length; candidate++) {
                strongest = row[candidate] > row[strongest] ? candidate : strongest;
            }
            free += space.candidates().get(strongest).parameterFree() ? 1 : 0;
        }
        return free;
    }
}
