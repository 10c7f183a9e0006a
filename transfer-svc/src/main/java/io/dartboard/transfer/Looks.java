package io.dartboard.transfer;

import io.dartboard.transfer.SeedTest.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How often a verdict looks at what the seeds tell while seeds are added, and at which level each time. Whoever looks again
 * and again until something is found, each time at the full level, finds of two equal cells one better far too often. So the
 * level is spent: at the share {@code t} of all seeds that there may be
 *
 * <pre>spent(t) = level · t²</pre>
 *
 * may have been spent, and a look is taken at the level that has come to it since the one before. The levels of all looks add
 * up to the level, so by Bonferroni's inequality equal cells are told apart in one direction no more often than that, however
 * the looks depend on each other, whether they are taken or left out, and whatever ends them. What a look has found stands:
 * nothing is added to a pair of cells that have been told apart.
 *
 * <p>Sizes grow from the seeds of the run to all that there may be by one factor, about two: an early look has little level, and
 * each that is taken costs some.
 *
 * <p>Source: Lan and DeMets, Discrete sequential boundaries for clinical trials, Biometrika 70, 1983; the spending function of
 * Kim and DeMets, Design and analysis of group sequential tests based on the type I error spending rate function, Biometrika 74,
 * 1987, with exponent 2.
 *
 * @param sizes how many seeds each cell has at each look, rising
 * @param levels of the looks
 */
record Looks(List<Integer> sizes, List<Double> levels) {
    Looks {
        sizes = List.copyOf(sizes);
        levels = List.copyOf(levels);
    }

    /**
     * The looks of a run.
     *
     * @param seeds that each cell has to begin with
     * @param budget how many may be added; 0 for one look at the whole level
     * @param level of all looks together
     */
    static Looks of(int seeds, int budget, double level) {
        var most = seeds + budget;
        var sizes = new TreeSet<Integer>();
        sizes.add(seeds);
        var steps = Math.max(1, StrictMath.round(StrictMath.log((double) most / seeds) / StrictMath.log(2)));
        for (var step = 1; budget > 0 && step < steps; step++) {
            sizes.add((int) StrictMath.round(seeds * StrictMath.pow((double) most / seeds, (double) step / steps)));
        }
        sizes.add(most);
        var levels = new ArrayList<Double>();
        var spent = 0.0;
        for (var size : sizes) {
            var share = (double) size / most;
            var until = level * share * share;
            levels.add(until - spent);
            spent = until;
        }
        return new Looks(List.copyOf(sizes), levels);
    }

    /**
     * What a look has found.
     *
     * @param seeds that each cell had
     */
    record Look(int seeds, SeedTest.Result result) {
        boolean found() {
            return result.finding() != Finding.UNTOLD;
        }
    }

    /** The first look that finds one of two cells better, or for want of one the last that their seeds allow. */
    Look compare(SeedFigures cell, SeedFigures other) {
        var seeds = Math.min(cell.seeds().size(), other.seeds().size());
        var look = look(0, Math.min(seeds, sizes.get(0)), cell, other);
        for (var i = 1; i < sizes.size() && sizes.get(i) <= seeds && !look.found(); i++) {
            look = look(i, sizes.get(i), cell, other);
        }
        return look;
    }

    private Look look(int number, int seeds, SeedFigures cell, SeedFigures other) {
        var test = new SeedTest(levels.get(number));
        return new Look(seeds, test.compare(cell.first(seeds), other.first(seeds)));
    }

    /** How many seeds the next look wants; empty where there is none. */
    OptionalInt after(int seeds) {
        return sizes.stream()
                .mapToInt(Integer::intValue)
                .filter(size -> size > seeds)
                .findFirst();
    }

    /** True where some look might still tell two cells apart by which this one could not, by all that is seen of them. */
    boolean isWorthMore(SeedFigures cell, SeedFigures other) {
        var seeds = Math.min(cell.seeds().size(), other.seeds().size());
        var last = new SeedTest(levels.get(levels.size() - 1)).compare(cell.first(seeds), other.first(seeds));
        return last.finding() != Finding.UNTOLD || last.seedsToDecide().isPresent();
    }

    /** One line for people: where it looks, and at which levels. */
    @Override
    public String toString() {
        return "looks at %s seeds at levels %s"
                .formatted(
                        sizes.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                        levels.stream()
                                .map(level -> String.format(Locale.ROOT, "%.4f", level))
                                .collect(Collectors.joining(", ")));
    }
}
