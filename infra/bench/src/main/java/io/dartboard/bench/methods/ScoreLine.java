package io.dartboard.bench.methods;

import io.dartboard.bench.Medians;
import io.dartboard.nas.genotype.Architecture;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What some cells come to, beside what it took to find them.
 *
 * @param name of the method, or of where the cells are from
 * @param scores of those that there are
 * @param failed searches without a cell
 * @param collapsed cells without weights
 * @param skipsAll cells of nothing but skip connections; they are collapsed too
 * @param chanceRandom that cells drawn at random would come to as much: {@link Scores#chanceAbove(Scores)}
 * @param chanceAll likewise, against the mean of all cells of the space: {@link Scores#chanceAbove(double)}
 * @param seconds of a search on its device, the median
 * @param cost how many times the seconds of first-order DARTS
 * @param peakBytes of memory that a search needed at most
 */
record ScoreLine(
        String name,
        Scores scores,
        int failed,
        int collapsed,
        int skipsAll,
        OptionalDouble chanceRandom,
        OptionalDouble chanceAll,
        OptionalDouble seconds,
        OptionalDouble cost,
        OptionalLong peakBytes) {

    /** Of cells that nobody has searched for. */
    static ScoreLine unsearched(String name, Scores scores, List<Collapse> cells) {
        return new ScoreLine(
                name,
                scores,
                0,
                (int) cells.stream().filter(Collapse::complete).count(),
                (int) cells.stream().filter(Collapse::skipsAll).count(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty());
    }

    /**
     * Of a method's searches.
     *
     * @param rows one for each seed
     * @param firstOrder those of first-order DARTS; none if it was not asked for
     * @param random what cells drawn at random come to
     * @param all the mean of the space, if it is known
     */
    static ScoreLine of(
            String method,
            List<SearchRow> rows,
            Judge judge,
            List<SearchRow> firstOrder,
            Scores random,
            OptionalDouble all) {
        Scores scores = scores(rows, judge);
        ScoreLine found = unsearched(
                method,
                scores,
                succeeded(rows).stream()
                        .map(row -> Collapse.of(Architecture.parse(row.cell())))
                        .toList());
        OptionalDouble seconds = seconds(rows);
        OptionalDouble first = seconds(firstOrder);
        return new ScoreLine(
                method,
                scores,
                rows.size() - succeeded(rows).size(),
                found.collapsed,
                found.skipsAll,
                scores.chanceAbove(random),
                all.isPresent() ? scores.chanceAbove(all.getAsDouble()) : OptionalDouble.empty(),
                seconds,
                seconds.isPresent() && first.isPresent()
                        ? OptionalDouble.of(seconds.getAsDouble() / first.getAsDouble())
                        : OptionalDouble.empty(),
                succeeded(rows).stream()
                        .mapToLong(SearchRow::peakBytes)
                        .filter(bytes -> bytes > 0)
                        .max());
    }

    static Scores scores(List<SearchRow> rows, Judge judge) {
        return Scores.of(rows.stream()
                .map(judge::score)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble));
    }

    private static List<SearchRow> succeeded(List<SearchRow> rows) {
        return rows.stream().filter(SearchRow::succeeded).toList();
    }

    private static OptionalDouble seconds(List<SearchRow> rows) {
        List<Double> seconds = succeeded(rows).stream().map(SearchRow::seconds).toList();
        return seconds.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Medians.of(seconds));
    }
}
