package io.dartboard.local.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.genotype.KnownNetwork;
import io.dartboard.nas.genotype.RandomSearch;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Has the run of a run's file search by a method, with what that needs beside its name. */
public final class SearchBy {
    /** The sections of a run's file that say how something is trained. */
    public static final List<String> SECTIONS = List.of("search", "selection", "evaluation", "transfer");

    /** Their brief retrainings take about as long as the searches of other methods and theirs. */
    private static final int DRAWS = 4;

    private static final String TUNE_EPOCHS = "tuneEpochs";
    private static final int EPOCHS_OF_A_STAGE = 2;

    /** Of photographs that a network which reduces as often as ResNet18 can halve evenly. */
    private static final int RESOLUTION = 64;

    private SearchBy() {}

    /**
     * Writes it into the file.
     *
     * @param known methods that can be asked for beside random search
     * @param space that the run searches in
     * @throws IllegalArgumentException if it is none of these; the message lists them, or says why it is not among them
     */
    public static void method(String id, List<SearchMethod> known, SearchSpace space, ObjectNode runFile) {
        if (id.equals(RandomSearch.ID)) {
            runFile.put("method", id);
            draw(runFile);
            return;
        }
        var method = SearchMethods.of(id, known);
        runFile.put("method", id);
        if (method.initial().beginsWithANetwork()) {
            beginWithANetwork(runFile);
        } else if (!method.sharing().equals(AlphaSharing.BY_KIND)) {
            haveCells(runFile.at("/evaluation/cells").asInt(), runFile);
        }
        deepen(method.weightPenalty().fewestCells(), runFile);
        if (method.discretization().tunedFor().isPresent()) {
            tuneBetweenDecisions(method, space, runFile);
        }
        if (method.stages().count() > 1) {
            goInStages(method, runFile);
        }
    }

    /**
     * That a method can be asked for.
     *
     * @param known methods that can be asked for beside random search
     * @throws IllegalArgumentException if it is none of these; the message lists them, or says why it is not among them
     */
    public static void require(String id, List<SearchMethod> known) {
        if (!id.equals(RandomSearch.ID)) {
            SearchMethods.of(id, known);
        }
    }

    /** The ids of those that can be asked for. */
    public static List<String> ids(List<SearchMethod> known) {
        return Stream.concat(known.stream().map(SearchMethod::id), Stream.of(RandomSearch.ID))
                .toList();
    }

    /** The supernet has so many cells at least. */
    private static void deepen(int fewestCells, ObjectNode runFile) {
        var search = runFile.withObject("/search");
        if (search.path("cells").asInt(fewestCells) < fewestCells) {
            search.put("cells", fewestCells);
        }
    }

    /** Cells are drawn in the place of training supernets. */
    private static void draw(ObjectNode runFile) {
        runFile.remove("seeds");
        runFile.putObject("search").putObject("parameters").put("draws", DRAWS);
    }

    /** Decides by perturbation: two epochs, and one between any two decisions. */
    private static void tuneBetweenDecisions(SearchMethod method, SearchSpace space, ObjectNode runFile) {
        var brief = method.with(Map.of(TUNE_EPOCHS, 1.0));
        var search = runFile.withObject("/search");
        search.withObject("/parameters").put(TUNE_EPOCHS, 1);
        search.put("epochs", 2 + brief.projection(space, 2).tuning());
    }

    /** Goes in stages: of two epochs each, with supernets that are a little deeper each time. */
    private static void goInStages(SearchMethod method, ObjectNode runFile) {
        var search = runFile.withObject("/search");
        search.put("epochs", EPOCHS_OF_A_STAGE * method.stages().count());
        search.withObject("/parameters").put("stageCells", 1);
    }

    /**
     * Begins with ResNet18: as many cells as that one has everywhere, an epoch of warm-up, and steps of the alphas that are long
     * enough for the few epochs left. It reduces too often for an auxiliary head, and for small photographs.
     */
    private static void beginWithANetwork(ObjectNode runFile) {
        runFile.remove("space");
        haveCells(KnownNetwork.RESNET18.sequence().places(), runFile);
        var search = runFile.withObject("/search");
        search.put("start", KnownNetwork.RESNET18.name()).put("alphaLearningRate", 0.1);
        search.withObject("/parameters").put("alphaWarmupEpochs", 1);
        runFile.withObject("/evaluation").put("auxiliaryWeight", 0.0);
        if (runFile.at("/transfer/resolution").asInt(RESOLUTION) < RESOLUTION) {
            runFile.withObject("/transfer").put("resolution", RESOLUTION);
        }
    }

    /** Every stage has so many cells, for each is a cell of its own. */
    private static void haveCells(int cells, ObjectNode runFile) {
        SECTIONS.stream().filter(runFile::has).forEach(stage -> runFile.withObject("/" + stage)
                .put("cells", cells));
    }
}
