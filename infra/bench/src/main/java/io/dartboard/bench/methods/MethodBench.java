package io.dartboard.bench.methods;

import io.dartboard.bench.FreshProcess;
import io.dartboard.bench.Scratch;
import io.dartboard.bench.methods.SearchTask.Subject;
import io.dartboard.bench.table.CellTable;
import io.dartboard.bench.table.TableFigure;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.RandomSearch;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.provenance.Fingerprint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which cells methods of search end at, and what these come to. */
@Command(
        name = "methods",
        description = {
            "Searches with each method and each seed, each search in a process of its own, and says what the cells come to:"
                    + " by the table of NAS-Bench-201, or by a brief retraining. Beside them stand as many cells drawn at"
                    + " random.",
            "Every search is written to the file of results when it is done. What is there already is not done again: a"
                    + " bench that was stopped goes on, and a method or a seed can be added."
        },
        mixinStandardHelpOptions = true)
public final class MethodBench implements Callable<Integer> {
    /** Nothing is trained that could have a guard. */
    private static final Subject RANDOM_SEARCH = new Subject(RandomSearch.ID, false);

    @Option(
            names = "--space",
            defaultValue = "nas-bench-201",
            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).",
            completionCandidates = Spaces.class)
    private String space = "";

    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Which, as infra/run methods names them; all that can search the space if not given, but random,"
                            + " the best of --draws cells by the validation figure that goes with --figure, or by a retraining of"
                            + " each.")
    private List<String> methods = List.of();

    @Option(
            names = "--guard",
            defaultValue = "without",
            description = "Whether searches have a guard that acts, as one has by default: ${COMPLETION-CANDIDATES}"
                    + " (${DEFAULT-VALUE}).")
    private Guarding guard = Guarding.WITHOUT;

    @Option(
            names = "--seeds",
            defaultValue = "3",
            description = "How many seeds, as 5, or which, as 3,7,11 (${DEFAULT-VALUE}).")
    private String seeds = "";

    @Mixin
    private SearchOptions searches = new SearchOptions();

    @Option(
            names = "--figure",
            description = "With a table: which of its figures judges, ${COMPLETION-CANDIDATES} (CIFAR10_TEST).")
    private Optional<TableFigure> figure = Optional.empty();

    @Option(
            names = "--random-cells",
            description = "With a table: how many cells are drawn at random; as many as there are seeds if not given.")
    private Optional<Integer> randomCells = Optional.empty();

    @Option(names = "--draws", description = "Of method random: how many cells each seed draws (24).")
    private Optional<Integer> draws = Optional.empty();

    @Option(
            names = "--retrain-epochs",
            description = "Without a table: epochs of the retraining that judges a cell (5).")
    private Optional<Integer> retrainEpochs = Optional.empty();

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description =
                    "Where results go and are gone on from, a line of JSON each; methods-<space>.jsonl if not given.")
    private Optional<Path> results = Optional.empty();

    @Option(names = "--svg", paramLabel = "FILE", description = "Also draw what the methods come to.")
    private Optional<Path> svg = Optional.empty();

    @Option(names = "--csv", paramLabel = "FILE", description = "Also write the table so.")
    private Optional<Path> csv = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the table so.")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--costs",
            paramLabel = "FILE",
            description = "Also write what searches cost beside first-order DARTS, which must be among them, as"
                    + " method-costs.properties has it.")
    private Optional<Path> costs = Optional.empty();

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec command;

    private final Function<SearchTask, SearchRow> searcher;

    /** Each search in a process of its own. */
    public MethodBench() {
        this(task -> {
            List<String> said = FreshProcess.run(SearchProbe.class, List.of(task.json()));
            return SearchRow.parse(said.get(said.size() - 1));
        });
    }

    /** @param searcher does a search; throws {@link IllegalStateException} where it cannot be done */
    MethodBench(Function<SearchTask, SearchRow> searcher) {
        this.searcher = searcher;
    }

    /** Whether the searches of a method have a guard. */
    private enum Guarding {
        WITHOUT(false),
        WITH(true),
        BOTH(false, true);

        private final List<Boolean> guarded;

        Guarding(Boolean... guarded) {
            this.guarded = List.of(guarded);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The ids of all spaces, for the help. */
    static final class Spaces extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Spaces() {
            super(Yardstick.ALL.stream().map(Yardstick::id).toList());
        }
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        Yardstick yardstick = Yardstick.of(space);
        requireOwnOptions(yardstick);
        List<Long> each = Seeds.parse(seeds);
        Judge judge = judge(yardstick);
        searches.require();
        try (Scratch scratch = Scratch.make()) {
            SearchTask first = task(yardstick, searches.source(scratch), each.get(0), judge);
            PixelSet set = MethodSearch.images(first);
            List<SearchMethod> fitting = methods(out, first, set);
            SearchResults file = SearchResults.open(results.orElse(Path.of("methods-%s.jsonl".formatted(space))));
            Map<Subject, List<SearchRow>> rows = new LinkedHashMap<>();
            head(out, first, set, fitting.size() + (searchesAtRandom() ? 1 : 0), each.size());
            int undone = 0;
            for (long seed : each) {
                for (Subject subject : subjects(fitting, yardstick)) {
                    Optional<SearchRow> row = row(out, first.of(subject, seed), set, file, judge);
                    row.ifPresent(known -> rows.computeIfAbsent(subject, name -> new ArrayList<>())
                            .add(known));
                    undone += row.isPresent() ? 0 : 1;
                }
            }
            tell(out, Comparison.of(rows, judge, randomCells.orElse(each.size()), each.get(0)));
            if (undone > 0) {
                out.printf("%d of the searches could not be done; the same command tries them again%n", undone);
                out.flush();
            }
            return undone > 0 ? 1 : 0;
        }
    }

    private void requireOwnOptions(Yardstick yardstick) {
        if (yardstick.tabled() && retrainEpochs.isPresent()) {
            throw new IllegalArgumentException(
                    "--retrain-epochs is for a space without a table, which %s has".formatted(space));
        }
        if (!yardstick.tabled() && (figure.isPresent() || randomCells.isPresent())) {
            throw new IllegalArgumentException("%s is for a space with a table, which %s has not"
                    .formatted(figure.isPresent() ? "--figure" : "--random-cells", space));
        }
        if (draws.orElse(1) < 1 || draws.orElse(1) > RandomSearch.MOST) {
            throw new IllegalArgumentException(
                    "--draws must be from 1 to %d (was %d)".formatted(RandomSearch.MOST, draws.orElse(1)));
        }
        if (draws.isPresent() && !searchesAtRandom()) {
            throw new IllegalArgumentException("--draws is for method random; name it by --methods, or leave it out");
        }
        if (retrainEpochs.orElse(1) < 1 || randomCells.orElse(1) < 1) {
            throw new IllegalArgumentException("--retrain-epochs and --random-cells must be at least 1");
        }
    }

    private boolean searchesAtRandom() {
        return methods.stream().map(String::strip).anyMatch(RandomSearch.ID::equals);
    }

    private Judge judge(Yardstick yardstick) {
        return yardstick.tabled()
                ? new Judge.ByTable(CellTable.read(), figure.orElse(TableFigure.CIFAR10_TEST))
                : new Judge.ByRetraining(retrainEpochs.orElse(5));
    }

    private SearchTask task(Yardstick yardstick, Path source, long seed, Judge judge) {
        return new SearchTask(
                yardstick.id(),
                SearchTask.RANDOM,
                false,
                seed,
                searches.config(yardstick),
                searches.device(),
                source.toString(),
                searches.images(),
                searches.side(),
                judge instanceof Judge.ByRetraining retraining ? retraining.epochs() : 0,
                draws.orElse(RandomSearch.USUAL.draws()),
                judge instanceof Judge.ByTable table ? table.figure().choosing().name() : "");
    }

    /** Those asked for, each of which must be able to search here; or all that can. */
    private List<SearchMethod> methods(PrintWriter out, SearchTask any, PixelSet set) {
        if (searchesAtRandom()) {
            new MethodSearch(any.of(RANDOM_SEARCH, any.seed()), set).settings();
        }
        if (!methods.isEmpty()) {
            List<SearchMethod> asked = methods.stream()
                    .map(String::strip)
                    .distinct()
                    .filter(name -> !name.equals(RandomSearch.ID))
                    .map(name -> SearchMethods.of(name, ImageSearch.METHODS))
                    .toList();
            asked.forEach(method -> require(method, any, set));
            return asked;
        }
        new MethodSearch(any, set).settings();
        List<SearchMethod> fitting = new ArrayList<>();
        for (SearchMethod method : ImageSearch.METHODS) {
            try {
                require(method, any, set);
                fitting.add(method);
            } catch (IllegalArgumentException e) {
                out.printf("without %s: %s%n", method.id(), e.getMessage());
            }
        }
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException("no method can search so; name one by --methods to see why");
        }
        return fitting;
    }

    /** That a method can search so, with a guard and without, as is asked. */
    private void require(SearchMethod method, SearchTask any, PixelSet set) {
        guard.guarded.forEach(
                guarded -> new MethodSearch(any.of(new Subject(method.id(), guarded), any.seed()), set).settings());
    }

    private void head(PrintWriter out, SearchTask any, PixelSet set, int methods, int seeds) {
        out.printf(
                "%s: %d %s, %d %s; %d images of %d pixels; C=%s, cells %s, epochs %s, batch %s, on %s%n",
                space,
                methods,
                methods == 1 ? "method" : "methods",
                seeds,
                seeds == 1 ? "seed" : "seeds",
                set.train().size(),
                set.train().side(),
                any.config().get("channels"),
                any.config().get("cells"),
                any.config().get("epochs"),
                any.config().get("batchSize"),
                any.device());
        out.flush();
    }

    /** Without a table, random cells are retrained like all others. */
    private List<Subject> subjects(List<SearchMethod> methods, Yardstick yardstick) {
        List<Subject> subjects = new ArrayList<>();
        methods.forEach(method -> guard.guarded.forEach(guarded -> subjects.add(new Subject(method.id(), guarded))));
        if (searchesAtRandom()) {
            subjects.add(RANDOM_SEARCH);
        }
        if (!yardstick.tabled()) {
            subjects.add(Subject.RANDOM);
        }
        return subjects;
    }

    private Optional<SearchRow> row(PrintWriter out, SearchTask task, PixelSet set, SearchResults file, Judge judge) {
        Fingerprint settings = new MethodSearch(task, set).settings();
        Optional<SearchRow> known = file.find(settings);
        try {
            SearchRow row = known.orElseGet(() -> searcher.apply(task));
            if (known.isEmpty()) {
                file.add(row);
            }
            OptionalDouble score = judge.score(row);
            out.printf(
                    Locale.ROOT,
                    "%-30s seed %-4d %s%n",
                    task.subject().name(),
                    task.seed(),
                    known.isPresent()
                            ? "done before"
                            : score.isPresent()
                                    ? "%.2f %%, %.1f s%s%s"
                                            .formatted(score.getAsDouble(), row.seconds(), collapse(row), steered(row))
                                    : row.failure());
            out.flush();
            return Optional.of(row);
        } catch (IllegalStateException e) {
            out.printf("%-30s seed %-4d %s%n", task.subject().name(), task.seed(), e.getMessage());
            out.flush();
            return Optional.empty();
        }
    }

    private static String collapse(SearchRow row) {
        return Collapse.of(Architecture.parse(row.cell())).complete() ? ", collapsed" : "";
    }

    private static String steered(SearchRow row) {
        return row.steered().stream()
                .map(each -> "; %s at epoch %d: %s"
                        .formatted(
                                each.action().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                each.at(),
                                String.join(", ", each.reasons())))
                .collect(Collectors.joining());
    }

    private void tell(PrintWriter out, ScoreTable table) throws IOException {
        table.print(out);
        if (csv.isPresent()) {
            Files.writeString(csv.get(), table.csv());
        }
        if (json.isPresent()) {
            Files.writeString(json.get(), table.json());
        }
        if (costs.isPresent()) {
            Files.writeString(costs.get(), table.costs("images"));
        }
        if (svg.isPresent()) {
            Files.writeString(
                    svg.get(),
                    ScorePlot.svg(
                            table,
                            "%s: %s, %%".formatted(space, table.title()),
                            "A dot is a seed; the bar reaches a standard deviation to both sides of the mean; the dashed line"
                                    + " is the best that stands beside the methods."));
        }
    }
}
