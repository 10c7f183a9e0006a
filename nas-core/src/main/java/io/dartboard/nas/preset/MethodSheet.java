package io.dartboard.nas.preset;

import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchParts;
import io.dartboard.nas.genotype.RandomSearch;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.text.search.TextSearch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A search method as people are shown it.
 *
 * @param name by which a run's file names it
 * @param source where it is from, and what it does otherwise than the first order of DARTS
 * @param parts the name of each part by the choice that it is, but for those that the first order of DARTS has
 * @param parameters numbers of the parts that a run's file may give otherwise, with the method's own values
 * @param searchesOn what its data can be: images, texts
 * @param otherwise why it cannot search on others; empty if it can
 * @param measuredCost how many times as long a search takes as by the first order of DARTS, by what it searches on; what has
 *     not been measured is not there
 */
public record MethodSheet(
        String name,
        String source,
        Map<String, String> parts,
        SortedMap<String, Double> parameters,
        List<String> searchesOn,
        String otherwise,
        SortedMap<String, Double> measuredCost) {

    /** Those of all methods, random search at the end. */
    public static List<MethodSheet> all() {
        Set<SearchMethod> methods = new LinkedHashSet<>(ImageSearch.METHODS);
        methods.addAll(TextSearch.METHODS);
        MeasuredCosts costs = MeasuredCosts.read();
        return Stream.concat(methods.stream().map(method -> of(method, costs)), Stream.of(random()))
                .toList();
    }

    /** It has no parts, and nothing is trained that could cost anything. */
    private static MethodSheet random() {
        return new MethodSheet(
                RandomSearch.ID,
                RandomSearch.SOURCE,
                Map.of(),
                RandomSearch.USUAL.parameters(),
                List.of(CnnSpace.DARTS.reads(), RecurrentSpace.DARTS.reads()),
                "",
                new TreeMap<>());
    }

    private static MethodSheet of(SearchMethod method, MeasuredCosts costs) {
        List<String> searchesOn = new ArrayList<>();
        if (ImageSearch.METHODS.contains(method)) {
            searchesOn.add(CnnSpace.DARTS.reads());
        }
        if (TextSearch.METHODS.contains(method)) {
            searchesOn.add(RecurrentSpace.DARTS.reads());
        }
        String otherwise = method.unfitForRecurrentCells()
                .map("not for recurrent cells: %s"::formatted)
                .orElse("");
        return new MethodSheet(
                method.id(),
                method.source(),
                SearchParts.of(method),
                method.parameters(),
                searchesOn,
                otherwise,
                costs.of(method.id()));
    }
}
