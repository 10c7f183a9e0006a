package io.dartboard.pipeline.run;

import io.dartboard.events.Origin;
import io.dartboard.events.RunRequested;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The cells that a request names, so that no supernet is trained for it: the one that is given, several to choose among by
 * brief retrainings, or those that its random search has drawn.
 *
 * @param genotypes in their text form; none where supernets are searched
 * @param names what the asker calls each, empty texts where there is no name
 * @param choosing whether one of them is chosen, be it the only one
 * @param origin where the cell that the run stands for comes from
 */
public record NamedCells(List<String> genotypes, List<String> names, boolean choosing, Origin origin) {
    private static final int MOST_TOLD = 3;

    public NamedCells {
        genotypes = List.copyOf(genotypes);
        names = List.copyOf(names);
    }

    /** Those of a request. */
    public static NamedCells of(RunRequested request) {
        if (!request.getGenotype().isEmpty()) {
            return new NamedCells(
                    List.of(request.getGenotype()), List.of(request.getGenotypeName()), false, Origin.NAMED);
        }
        var genotypes = request.getGenotypes();
        var told = request.getGenotypeNames();
        var names = new ArrayList<String>();
        for (var i = 0; i < genotypes.size(); i++) {
            names.add(i < told.size() ? told.get(i) : "");
        }
        var given = !genotypes.isEmpty() && request.getSearchSeeds().isEmpty();
        return new NamedCells(genotypes, names, !genotypes.isEmpty(), given ? Origin.NAMED : Origin.SEARCHED);
    }

    /** True if supernets are searched instead. */
    public boolean none() {
        return genotypes.isEmpty();
    }

    /** True of cells that somebody has given; false of none, and of those drawn at random. */
    public boolean given() {
        return origin == Origin.NAMED;
    }

    /** What one of them is called; empty where it has no name, or is none of them. */
    public String name(String genotype) {
        var place = genotypes.indexOf(genotype);
        return place < 0 ? "" : names.get(place);
    }

    /** For people: the first names, and how many more there are; how many there are where none has a name. */
    public String title() {
        var named =
                names.stream().filter(name -> !name.isEmpty()).limit(MOST_TOLD).toList();
        if (named.isEmpty()) {
            return "%d cells".formatted(genotypes.size());
        }
        var more = genotypes.size() - named.size();
        return named.stream().collect(Collectors.joining(", ")) + (more == 0 ? "" : " and %d more".formatted(more));
    }

    /** How the run has come to its cell, in one line; empty where there was nothing to choose. */
    public String told(String chosen) {
        if (!choosing) {
            return "";
        }
        var name = name(chosen);
        return "chosen by validation among %d %s%s"
                .formatted(
                        genotypes.size(),
                        given() ? "given cells" : "cells drawn at random",
                        name.isEmpty() ? "" : ": " + name);
    }
}
