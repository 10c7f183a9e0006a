package io.dartboard.bench.methods;

import io.dartboard.bench.methods.SearchTask.Subject;
import io.dartboard.bench.table.CellTable;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Holds what methods have come to against what stands beside them: cells drawn at random, and what a table knows. */
final class Comparison {
    private static final Subject FIRST_ORDER = new Subject(SearchMethods.DARTS_FIRST_ORDER.id(), false);
    /** Where plain DARTS ends. */
    private static final NasBench201Genotype SKIPS = new NasBench201Genotype(
            Collections.nCopies(NasBench201Space.PUBLISHED.edgeCount(), Primitive.SKIP_CONNECT));

    private Comparison() {}

    /**
     * All of it as a table.
     *
     * @param rows of each subject, one for each seed
     * @param randomCells how many cells are drawn at random where a table judges
     * @param seed of that draw
     */
    static ScoreTable of(Map<Subject, List<SearchRow>> rows, Judge judge, int randomCells, long seed) {
        List<ScoreLine> beside = new ArrayList<>();
        OptionalDouble all = OptionalDouble.empty();
        if (judge instanceof Judge.ByTable table) {
            List<NasBench201Genotype> drawn = CellTable.random(randomCells, seed);
            beside.add(line("random cells", table, drawn));
            beside.add(line("all cells", table, CellTable.all()));
            beside.add(line("all skips", table, List.of(SKIPS)));
            beside.add(line("best cell", table, List.of(table.table().best(table.figure()))));
            all = beside.get(1).scores().mean();
        } else {
            List<SearchRow> drawn = rows.getOrDefault(Subject.RANDOM, List.of());
            beside.add(ScoreLine.unsearched(
                    "random cells",
                    ScoreLine.scores(drawn, judge),
                    drawn.stream()
                            .filter(SearchRow::succeeded)
                            .map(row -> Collapse.of(Architecture.parse(row.cell())))
                            .toList()));
        }
        List<SearchRow> firstOrder = rows.getOrDefault(FIRST_ORDER, List.of());
        Scores random = beside.get(0).scores();
        OptionalDouble mean = all;
        return new ScoreTable(
                judge.title(),
                rows.entrySet().stream()
                        .filter(method -> !method.getKey().equals(Subject.RANDOM))
                        .map(method -> ScoreLine.of(
                                method.getKey().name(), method.getValue(), judge, firstOrder, random, mean))
                        .toList(),
                beside);
    }

    private static ScoreLine line(String name, Judge.ByTable judge, List<NasBench201Genotype> cells) {
        return ScoreLine.unsearched(
                name,
                Scores.of(cells.stream().mapToDouble(cell -> judge.table().accuracy(cell, judge.figure()))),
                cells.stream().map(Collapse::of).toList());
    }
}
