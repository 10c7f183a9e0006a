package io.dartboard.search.request;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GuardSettings;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.genotype.RandomSearch;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.setting.Nearest;
import io.dartboard.nas.setting.SeveralFaults;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.search.body.Faults;
import io.dartboard.search.body.Problem;
import io.dartboard.search.body.Refused;
import io.dartboard.training.kind.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes a request of a run file, and refuses what could not be done ({@link RequestChecks}). Every check of a
 * hyperparameter is that of the record which will be trained with.
 */
public final class RunRequests {
    /** As short as people can read. */
    private static final long SEEDS = 1_000_000_000;

    private final RunBoard board;
    private final RequestTerms terms;

    /** @param terms what the configuration says of requests */
    public RunRequests(RunBoard board, RequestTerms terms) {
        this.board = board;
        this.terms = terms;
    }

    /**
     * The request that a run file comes to. The same file gives the same run.
     *
     * @throws Refused with one line, if it is no run file or could not be done
     */
    public RunRequested resolve(String text) {
        return resolve(RunFile.read(text, name -> board.dataset(name).flatMap(Kind::of)));
    }

    private RunRequested resolve(RunFile file) {
        var dataset = dataset(file);
        var space = trying("search", () -> SearchSpace.of(file.search().getSpace()));
        RequestChecks.requireDataset(dataset, space, !file.genotypes().isEmpty());
        requireDistinct("seeds", file.seeds());
        var given = given(file.genotypes(), space);
        // One is no choice: the same run, however it is put.
        var alone = given.size() == 1 ? Optional.of(given.get(0)) : Optional.<NamedGenotype<?>>empty();
        var several = isRandom(file.search())
                ? CellChecks.drawn(file.search(), space, file.seeds())
                : given.size() == 1 ? List.<NamedGenotype<?>>of() : given;
        requireDistinct("evaluationSeeds", file.evaluationSeeds());
        file.budget().flatMap(terms.price()::refusal).ifPresent(reason -> {
            throw Refused.impossible(reason);
        });
        var target = file.transfer().map(this::target);
        var asked = RunRequested.newBuilder()
                .setRun("")
                .setDataset(dataset.getDataset())
                .setDatasetVersion(dataset.getVersion())
                .setSearch(guarded(file.search()))
                .setSearchSeeds(file.seeds())
                .setSelection(file.selection())
                .setEvaluation(file.evaluation())
                .setEvaluationSeeds(file.evaluationSeeds())
                .setSeedBudget(file.seedBudget())
                .setRandomCells(file.randomCells())
                .setRandomCellSeed(file.randomCellSeed().orElse(0L))
                .setTransfer(file.transfer().orElse(null))
                .setGenotype(alone.map(named -> named.genotype().toString()).orElse(""))
                .setGenotypes(several.stream()
                        .map(named -> named.genotype().toString())
                        .toList())
                .setEvaluationCeiling(file.evaluationCeiling().orElse(null))
                .setTransferCeiling(file.transferCeiling().orElse(null))
                .setRacing(file.racing())
                .build();
        var request = file.randomCells() > 1 && file.randomCellSeed().isEmpty()
                ? RunRequested.newBuilder(asked)
                        .setRandomCellSeed(seedOf(asked))
                        .build()
                : asked;
        var named = RunRequested.newBuilder(request)
                .setRun(JobId.run(request))
                .setGenotypeName(alone.map(NamedGenotype::name).orElse(""))
                .setGenotypeNames(several.stream().map(NamedGenotype::name).toList())
                .setRequestedBy(file.requestedBy())
                .setBudget(file.budget().orElse(null))
                .setPriority(file.priority())
                .build();
        RequestChecks.require(named, dataset, target);
        return named;
    }

    /**
     * A seed that follows from what else is asked for, so that other runs draw other random cells. The version of the dataset
     * is left out: a standing order draws once for all of them; and so is racing, which chooses the same.
     */
    private static long seedOf(RunRequested request) {
        var asked = RunRequested.newBuilder(request)
                .setDatasetVersion("")
                .setRacing(false)
                .build();
        return Long.parseLong(JobId.run(asked).substring(1), 16) % SEEDS;
    }

    /** A request with other search seeds; a random search draws other cells with them. */
    public static RunRequested withSeeds(RunRequested request, List<Long> seeds) {
        var search = request.getSearch();
        var drawn = isRandom(search)
                ? CellChecks.drawn(search, SearchSpace.of(search.getSpace()), seeds)
                : List.<NamedGenotype<?>>of();
        return RunRequested.newBuilder(request)
                .setSearchSeeds(seeds)
                .setGenotypes(
                        drawn.stream().map(named -> named.genotype().toString()).toList())
                .setGenotypeNames(drawn.stream().map(NamedGenotype::name).toList())
                .build();
    }

    /** Whether nothing is trained to search: its cells are drawn when it is asked for. */
    static boolean isRandom(SearchSettings search) {
        return search.getMethod().equals(RandomSearch.ID);
    }

    /** All that are no cells are told together. */
    private static List<NamedGenotype<?>> given(List<String> written, SearchSpace space) {
        var given = new ArrayList<NamedGenotype<?>>();
        var faults = new Faults();
        for (var i = 0; i < written.size(); i++) {
            var text = written.get(i);
            var field = written.size() == 1 ? "genotype" : CellChecks.entry(i);
            faults.trying(() -> given.add(trying(field, () -> NamedGenotype.of(text, space))));
        }
        faults.end();
        return given;
    }

    private SearchSettings guarded(SearchSettings search) {
        return search.getGuard() != null
                        || !terms.guardActs()
                        || isRandom(search)
                        || Relaunch.unfit(search).isPresent()
                ? search
                : SearchSettings.newBuilder(search)
                        .setGuard(GuardSettings.newBuilder().setAct(true).build())
                        .build();
    }

    private DatasetPublished dataset(RunFile file) {
        var versions = board.datasets().stream()
                .filter(each -> each.getDataset().equals(file.dataset()))
                .toList();
        if (versions.isEmpty()) {
            throw neverPublished("dataset", file.dataset());
        }
        return file.datasetVersion()
                .map(version -> versions.stream()
                        .filter(each -> each.getVersion().equals(version))
                        .findFirst()
                        .orElseThrow(() -> Refused.impossible("dataset %s has no version %s; published are %s"
                                .formatted(
                                        file.dataset(),
                                        version,
                                        versions.stream()
                                                .map(DatasetPublished::getVersion)
                                                .collect(Collectors.joining(", "))))))
                .or(() -> board.dataset(file.dataset()))
                .orElseThrow();
    }

    /** The dataset that is transferred to. */
    private DatasetPublished target(TransferSettings transfer) {
        RequestChecks.requireTarget(transfer);
        return board.dataset(transfer.getDataset())
                .orElseThrow(() -> neverPublished("transfer.dataset", transfer.getDataset()));
    }

    private Refused neverPublished(String field, String name) {
        var known = board.datasets().stream()
                .map(DatasetPublished::getDataset)
                .distinct()
                .sorted()
                .toList();
        return Refused.impossible("%s %s was never published%s; %s. Publish it with POST /v1/datasets"
                .formatted(
                        field,
                        name,
                        Nearest.question(name, known),
                        known.isEmpty() ? "no dataset is" : "published are " + String.join(", ", known)));
    }

    private static void requireDistinct(String field, List<Long> seeds) {
        var seen = new HashSet<Long>();
        for (var seed : seeds) {
            if (!seen.add(seed)) {
                throw Refused.impossible("%s must be distinct: the same seed gives the same result (%d is named twice)"
                        .formatted(field, seed));
            }
        }
    }

    /** Lets settings be checked; as {@link #trying(String, Supplier)}. */
    static void trying(String section, Runnable check) {
        trying(section, () -> {
            check.run();
            return section;
        });
    }

    /** Lets a record check itself, and says in which section of the run file it was wrong. */
    static <T> T trying(String section, Supplier<T> made) {
        try {
            return made.get();
        } catch (SeveralFaults e) {
            throw new Refused(
                    Problem.Kind.IMPOSSIBLE,
                    SeveralFaults.of(e).stream()
                            .map(fault -> section + ": " + fault)
                            .toList());
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.Kind.IMPOSSIBLE, section + ": " + e.getMessage(), e);
        } catch (ArithmeticException e) {
            throw new Refused(
                    Problem.Kind.IMPOSSIBLE, section + ": its numbers are too large to count with; ask for less", e);
        }
    }
}
