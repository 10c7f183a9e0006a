package io.dartboard.search.work;

import io.dartboard.nas.bilevel.SearchReport;
import io.dartboard.pipeline.meters.LiveGauges;
import io.dartboard.pipeline.meters.NasMeters;

/** The health of a live search beside its losses, as gauges that go with it. */
public final class SearchMeters {
    private final LiveGauges gauges;

    SearchMeters(LiveGauges gauges) {
        this.gauges = gauges;
    }

    void epoch(SearchReport report) {
        report.groups().forEach((cell, seen) -> {
            seen.gradientNorm().ifPresent(norm -> gauges.set(NasMeters.ALPHA_GRAD_NORM, cell, norm));
            gauges.set(NasMeters.ALPHA_ENTROPY, cell, seen.entropy());
            seen.parameterFree().ifPresent(free -> gauges.set(NasMeters.PARAMETER_FREE_OPS, cell, free));
            seen.skipMass().ifPresent(mass -> gauges.set(NasMeters.SKIP_MASS, cell, mass));
        });
        report.frozen().ifPresent(frozen -> gauges.set(NasMeters.FROZEN_OPERATIONS, frozen.operations()));
        var signs = report.signs();
        signs.normalSkips().ifPresent(skips -> gauges.set(NasMeters.NORMAL_SKIPS, skips));
        signs.eigenvalue().ifPresent(found -> gauges.set(NasMeters.HESSIAN_EIGENVALUE, found.eigenvalue()));
        signs.gap().ifPresent(gap -> gauges.set(NasMeters.DISCRETIZATION_GAP, gap));
    }
}
