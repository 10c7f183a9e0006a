package io.dartboard.search;

import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.search.EpochReport;
import io.dartboard.nas.search.recurrent.RecurrentSearchReport;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.pipeline.meters.LiveGauges;
import io.dartboard.pipeline.meters.NasMeters;

/** The health of a live search beside its losses, as gauges that go with it. */
final class SearchMeters {
    private static final String NORMAL = "normal";
    private static final String REDUCE = "reduce";
    private static final String RECURRENT = "recurrent";

    private final LiveGauges gauges;

    SearchMeters(LiveGauges gauges) {
        this.gauges = gauges;
    }

    void epoch(CnnSpace space, EpochReport report) {
        cell(NORMAL, report.normal().gradientNorm(), report.normal().entropy());
        gauges.set(
                NasMeters.PARAMETER_FREE_OPS,
                NORMAL,
                parameterFree(space, report.alphas().normal()));
        cell(REDUCE, report.reduce().gradientNorm(), report.reduce().entropy());
        gauges.set(
                NasMeters.PARAMETER_FREE_OPS,
                REDUCE,
                parameterFree(space, report.alphas().reduce()));
    }

    /** No operation of a recurrent cell has parameters of its own, so they are not counted. */
    void epoch(RecurrentSearchReport report) {
        cell(RECURRENT, report.gradientNorm(), report.entropy());
    }

    private void cell(String cell, double gradientNorm, double entropy) {
        gauges.set(NasMeters.ALPHA_GRAD_NORM, cell, gradientNorm);
        gauges.set(NasMeters.ALPHA_ENTROPY, cell, entropy);
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
