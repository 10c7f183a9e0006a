package io.dartboard.search.order;

import io.dartboard.events.OrderPolicy;
import io.dartboard.pipeline.score.Scale;
import io.dartboard.pipeline.score.SeedScores;
import io.dartboard.pipeline.score.Spread;
import java.util.List;
import java.util.Locale;

/**
 * What a cell was to be expected to come to on a new version of a dataset, and what it did come to: brief retrainings under
 * the same settings, of the same seeds, on the versions before and on the new one. Lower is better.
 *
 * <p>The forecast is the mean over all seeds of all versions before. The deviation between seeds is pooled within versions, so
 * that a drift from version to version does not pass for noise; it is
 *
 * <pre>s = sqrt(Σ (nᵥ - 1) sᵥ² / Σ (nᵥ - 1)),   error = s sqrt(1/n + 1/N)</pre>
 *
 * over the new version's {@code n} seeds and the {@code N} before. The cell has fallen behind where it is worse than forecast by
 * more than the larger of the policy's two margins: points of the score, and so many standard errors.
 *
 * @param measured mean on the new version
 * @param forecast mean on those before
 * @param error standard error of their difference; 0 where every version was measured with one seed
 * @param allowed by how much the one may be above the other
 * @param versions how many versions the forecast rests on
 */
record Forecast(Scale scale, double measured, double forecast, double error, double allowed, int versions) {

    /**
     * Compares.
     *
     * @param before measures on earlier versions; at least one
     * @param now on the new one
     */
    static Forecast of(List<SeedScores> before, SeedScores now, OrderPolicy policy) {
        var squares = squares(now.spread());
        var degrees = now.spread().seeds() - 1;
        var sum = 0.0;
        var seeds = 0;
        for (var each : before) {
            var spread = each.spread();
            squares += squares(spread);
            degrees += spread.seeds() - 1;
            sum += spread.mean() * spread.seeds();
            seeds += spread.seeds();
        }
        var deviation = degrees == 0 ? 0 : Math.sqrt(squares / degrees);
        var error = deviation * Math.sqrt(1.0 / now.spread().seeds() + 1.0 / seeds);
        var allowed = Math.max(policy.getMarginPoints(), policy.getMarginErrors() * error);
        return new Forecast(
                Scale.of(now.spread().measure()), now.spread().mean(), sum / seeds, error, allowed, before.size());
    }

    private static double squares(Spread spread) {
        return (spread.seeds() - 1) * spread.sd() * spread.sd();
    }

    /** True where the cell is worse than it may be. */
    boolean fallenBehind() {
        return measured - forecast > allowed;
    }

    /** One line for people. */
    String line() {
        var difference = measured - forecast;
        return String.format(
                Locale.ROOT,
                "the cell comes to a validation %s of %.2f%s here and %.2f%s was forecast from %s: %.2f%s %s, and up to"
                        + " %.2f%s worse is allowed",
                scale.title(),
                measured,
                scale.unit(),
                forecast,
                scale.unit(),
                versions == 1 ? "1 version before" : versions + " versions before",
                Math.abs(difference),
                scale.difference(),
                difference > 0 ? "worse" : "better",
                allowed,
                scale.difference());
    }
}
