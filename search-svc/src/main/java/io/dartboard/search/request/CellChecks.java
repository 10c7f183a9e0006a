package io.dartboard.search.request;

import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchSettings;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.genotype.RandomSearch;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.pipeline.run.NamedCells;
import io.dartboard.search.body.Faults;
import io.dartboard.search.body.Refused;
import io.dartboard.training.NetworkCeiling;
import io.dartboard.training.kind.Kind;
import io.dartboard.training.kind.RunBaseline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold of the cells that a request names; of several, each that is wrong is told by its place. */
final class CellChecks {
    /** Each is a retraining, and one event tells what all have come to. */
    private static final int MOST = 100;

    private final RunRequested request;
    private final NamedCells cells;
    private final SearchSpace space;

    /** Checks the cells that a request names, of a space. */
    CellChecks(RunRequested request, NamedCells cells, SearchSpace space) {
        this.request = request;
        this.cells = cells;
        this.space = space;
    }

    /** The field of an entry of a list of cells. */
    static String entry(int place) {
        return "genotype[%d]".formatted(place);
    }

    /**
     * The cells that a random search draws.
     *
     * @throws Refused with one line, if it cannot
     */
    static List<NamedGenotype<?>> drawn(SearchSettings search, SearchSpace space, List<Long> seeds) {
        var parameters = search.getParameters() == null ? Map.<String, Double>of() : search.getParameters();
        return List.copyOf(
                RunRequests.trying("search", () -> RandomSearch.of(parameters).cells(space, seeds)));
    }

    /** That the cells of a run with search seeds are those that its random search draws with them: this holds them to it. */
    static void requireDrawn(RunRequested request, SearchSpace space) {
        if (!RunRequests.isRandom(request.getSearch())) {
            throw Refused.impossible("seeds has no meaning beside a genotype, for nothing is searched; leave it out");
        }
        var drawn = drawn(request.getSearch(), space, request.getSearchSeeds()).stream()
                .map(cell -> cell.genotype().toString())
                .toList();
        if (!drawn.equals(request.getGenotypes())) {
            throw Refused.impossible(
                    "genotypes must hold the %d cells that method random draws with the seeds; ask by POST /v1/runs, which draws them"
                            .formatted(drawn.size()));
        }
    }

    /**
     * That each can be trained as is asked for, and that there is something to choose where one is chosen.
     *
     * @throws Refused with a line for each that cannot
     */
    void require(NetworkCeiling ceilings) {
        if (cells.genotypes().size() > MOST) {
            throw Refused.impossible("genotype must name at most %d cells (was %d); ask for several runs"
                    .formatted(MOST, cells.genotypes().size()));
        }
        if (!cells.given()) {
            requireDrawn(request, space);
        }
        var faults = new Faults();
        var places = new HashMap<String, Integer>();
        for (var i = 0; i < cells.genotypes().size(); i++) {
            var place = i;
            faults.trying(() -> require(place, places));
        }
        faults.end();
        requireWithin(ceilings);
    }

    private void require(int place, Map<String, Integer> places) {
        var text = cells.genotypes().get(place);
        var cell = RunRequests.trying(field(place), () -> NamedGenotype.of(text, space))
                .genotype();
        var same = places.putIfAbsent(cell.hash(), place);
        if (same != null) {
            throw Refused.impossible(
                    "%s: this is the cell of %s; name each cell once".formatted(field(place), field(same)));
        }
        if (cells.given() && !request.getMeasureOnly()) {
            refuseBaseline(place, cell);
        }
        var kind = Kind.of(space);
        RequestChecks.requireDepths(
                request, cells.choosing() ? entry(place) + ", " : "", depth -> kind.requireDepth(text, depth));
    }

    private void refuseBaseline(int place, Architecture given) {
        var seed = request.getRandomCellSeed();
        if (RunBaseline.cells(request).stream()
                .anyMatch(random -> random.genotype().hash().equals(given.hash()))) {
            throw Refused.impossible("%s: this is %s randomCellSeed %d, with which it would be compared; change either"
                    .formatted(
                            field(place),
                            request.getRandomCells() == 1 ? "the random cell of" : "one of the random cells of",
                            seed));
        }
    }

    /**
     * That there are random cells to compare with.
     *
     * @throws Refused with one line, if there are not
     */
    static void requireBaseline(RunRequested request, NamedCells cells, NetworkCeiling ceilings) {
        var wanted = request.getRandomCells();
        if (wanted < 1 || wanted > RandomSearch.MOST) {
            throw Refused.impossible("randomCells must be from 1 to %d (was %d)".formatted(RandomSearch.MOST, wanted));
        }
        if (wanted == 1) {
            return;
        }
        if (!cells.none() && !cells.choosing()) {
            throw Refused.impossible(
                    "randomCells has no meaning beside one genotype, which is compared with one random cell; leave it out");
        }
        var over = new ArrayList<String>();
        for (var random : RunRequests.trying("randomCells", () -> RunBaseline.cells(request))) {
            RunRequests.trying(
                            "ceilings", () -> ceilings.refusal(random.genotype().toString()))
                    .ifPresent(over::add);
        }
        if (over.size() == wanted) {
            throw Refused.impossible(
                    "randomCells: none of the %d keeps within the ceilings (%s); draw more, or raise the ceiling"
                            .formatted(wanted, over.get(0)));
        }
    }

    /** Of several, those that are over a ceiling are passed over. */
    private void requireWithin(NetworkCeiling ceilings) {
        for (var genotype : cells.genotypes()) {
            if (RunRequests.trying("ceilings", () -> ceilings.refusal(genotype)).isEmpty()) {
                return;
            }
        }
        var first = cells.genotypes().get(0);
        var name = cells.names().get(0);
        var over = ceilings.refusal(first).orElseThrow();
        var others = cells.genotypes().size() - 1;
        throw Refused.impossible("genotype%s: %s%s"
                .formatted(
                        name.isEmpty() ? "" : " " + name,
                        over,
                        others == 0 ? "" : "; %d more likewise".formatted(others)));
    }

    private String field(int place) {
        return cells.choosing() ? entry(place) : "genotype";
    }
}
