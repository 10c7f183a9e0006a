package io.dartboard.local.show;

import io.dartboard.events.Candidate;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainingReused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.events.Verdict;
import io.dartboard.nas.bilevel.Composition;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.pipeline.score.Scale;
import io.dartboard.pipeline.score.Score;
import io.dartboard.pipeline.score.SeedScores;
import io.dartboard.pipeline.score.Spread;
import io.dartboard.pipeline.view.RunState;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.pipeline.view.SearchView;
import io.dartboard.pipeline.view.StageView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run on one page: its cell, how it was found, what it is worth and where everything lies. Every number is from the
 * events; what is not known yet is left out, so the card of an unfinished run is a shorter one.
 */
public final class RunCard {
    private static final int WIDTH = 98;
    private static final String INDENT = "  ";
    private static final int SEEDS_SHOWN = 5;

    private final Terminal style;
    private final CardPlaces places;
    private final List<String> lines = new ArrayList<>();

    public RunCard(Terminal style, CardPlaces places) {
        this.style = style;
        this.places = places;
    }

    /** What the given cells are called: their names; of the only one, where it has none, the beginning of its hash. */
    public static String givenName(RunView view) {
        var cells = view.named();
        if (cells.choosing() || !cells.names().get(0).isEmpty()) {
            return cells.title();
        }
        return view.challenger()
                .map(evaluated -> "cell " + Milestones.hash(evaluated.getHash()))
                .orElse("a given cell");
    }

    /** The genotype that the run stands for: the given or the chosen one, or the newest of its searches. */
    public static Optional<String> genotype(RunView view) {
        if (view.given() && !view.named().choosing()) {
            return Optional.of(view.request().getGenotype());
        }
        return view.selection().map(selected -> selected.getGenotype()).or(() -> view.searches().stream()
                .flatMap(search ->
                        search.finalGenotype().or(() -> search.current().lastGenotype()).stream())
                .map(derived -> derived.getGenotype())
                .findFirst());
    }

    /** The lines of the card. */
    public List<String> lines(RunView view) {
        lines.clear();
        title(view);
        genotype(view).ifPresent(this::cell);
        searches(view);
        selection(view);
        evaluation(view);
        transfer(view);
        verdict(view);
        failures(view);
        seconds(view);
        artifacts(view);
        return List.copyOf(lines);
    }

    private void title(RunView view) {
        var request = view.request();
        var left = "run %s".formatted(view.run());
        var right = view.verdict()
                .map(ChampionDecided::getVerdict)
                .map(Verdict::name)
                .orElse(view.state().name());
        var first = left + " ".repeat(Math.max(1, WIDTH - 4 - left.length() - right.length())) + right;
        var second = "%s@%s · %s · %s"
                .formatted(
                        request.getDataset(),
                        short12(request.getDatasetVersion()),
                        request.getSearch().getSpace(),
                        asked(view));
        lines.add("");
        lines.add("╭" + "─".repeat(WIDTH - 2) + "╮");
        lines.add("│ " + style.bold(first) + " │");
        lines.add("│ " + pad(second) + " │");
        lines.add("╰" + "─".repeat(WIDTH - 2) + "╯");
    }

    private static String asked(RunView view) {
        var cells = view.named();
        if (cells.given()) {
            return givenName(view) + ", given and not searched";
        }
        var request = view.request();
        if (!cells.none()) {
            return "%s · %s, nothing trained to search"
                    .formatted(
                            request.getSearch().getMethod(),
                            drawn(
                                    cells.genotypes().size(),
                                    request.getSearchSeeds().size()));
        }
        return searched(request);
    }

    private static String drawn(int cells, int seeds) {
        return "%d %s of %d %s".formatted(cells, cells == 1 ? "cell" : "cells", seeds, seeds == 1 ? "seed" : "seeds");
    }

    private static String searched(RunRequested request) {
        var search = request.getSearch();
        var parts = search.getParts();
        var seeds = request.getSearchSeeds().size();
        return "%s · %d %s × %d epochs, %s"
                .formatted(
                        new Composition(search.getMethod(), parts == null ? new TreeMap<>() : new TreeMap<>(parts)),
                        seeds,
                        seeds == 1 ? "seed" : "seeds",
                        search.getEpochs(),
                        NetworkScale.of(search));
    }

    private void cell(String genotype) {
        heading("The cell");
        drawn(genotype).forEach(this::add);
        lines.add("");
        wrapped("genotype  ", genotype);
        add("drawing   " + CardArtifacts.shortest(places.svg()));
    }

    /** A genotype that somebody told and that is none has no picture. */
    private static List<String> drawn(String genotype) {
        try {
            return Architecture.parse(genotype).text().lines().toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private void searches(RunView view) {
        if (!view.named().none()) {
            return;
        }
        heading("Searches");
        var text = text(view);
        var table = text.searches();
        for (var search : view.searches()) {
            table.row(searchRow(search, text));
        }
        table(table, 0);
        wrappedDim(text.searchesMean());
        decided(view);
        frozen(view);
        moved(view);
        guard(view);
    }

    /** What the searches have decided by perturbation, where they have. */
    private void decided(RunView view) {
        ofSearches(view, "Decided by what the supernet misses", PerturbationText::line);
    }

    /** What the searches have frozen, where they freeze anything. */
    private void frozen(RunView view) {
        ofSearches(view, "Frozen for what it fits", FreezeText::line);
    }

    /** How far the searches have come from a known network, where they began with one. */
    private void moved(RunView view) {
        ofSearches(view, "Distance from where it began", StartText::line);
    }

    private void ofSearches(RunView view, String heading, Function<SearchView, Optional<String>> text) {
        var lines = view.searches().stream()
                .flatMap(search ->
                        text.apply(search.current()).stream().map(line -> "seed %d: %s".formatted(search.seed(), line)))
                .toList();
        if (!lines.isEmpty()) {
            heading(heading);
            lines.forEach(line -> wrapped("· ", line));
        }
    }

    /** What the searches were told, where they were told anything. */
    private void guard(RunView view) {
        var all = view.searches().stream()
                .flatMap(search -> search.chain().stream())
                .filter(search -> !search.steered().isEmpty())
                .toList();
        if (all.isEmpty()) {
            return;
        }
        heading("Guard");
        for (var search : all) {
            for (var word : search.steered()) {
                wrapped("· seed %d: ".formatted(search.seed()), GuardText.line(word));
            }
            search.relaunch().ifPresent(next -> wrapped("· seed %d: ".formatted(search.seed()), GuardText.line(next)));
        }
    }

    private static String[] searchRow(SearchView search, MeasureText text) {
        var last = search.current().lastCheckpoint();
        var derived = search.finalGenotype().or(() -> search.current().lastGenotype());
        var row = new ArrayList<>(List.of(
                Long.toString(search.seed()),
                "%d/%d".formatted(search.epochsDone(), search.epochs()),
                last.map(checkpoint -> Quantity.format("%.3f", checkpoint.getValidLoss()))
                        .orElse("–"),
                last.map(Milestones::supernetScore).orElse("–"),
                last.map(Milestones::entropy).orElse("–")));
        row.addAll(text.signsColumn(derived));
        row.add(derived.map(
                        genotype -> genotype.getChangedGenes() < 0 ? "–" : Integer.toString(genotype.getChangedGenes()))
                .orElse("–"));
        row.add(derived.map(genotype -> Milestones.hash(genotype.getHash())).orElse("–"));
        row.add(Quantity.seconds(search.deviceSeconds()));
        return row.toArray(String[]::new);
    }

    private void selection(RunView view) {
        var selection = view.selection();
        if (selection.isEmpty()) {
            return;
        }
        heading("Selection: %d epochs each"
                .formatted(view.request().getSelection().getEpochs()));
        var searched = view.named().none();
        var table = new TextTable(
                searched ? "lrlrrr" : "lllrrr",
                "",
                searched ? "seed" : "name",
                "cell",
                "validation " + scoreName(view),
                "parameters",
                "multiply-adds");
        var chosen = -1;
        var row = 0;
        for (var candidate : selection.get().getCandidates()) {
            row++;
            // Of those that the run names, none of which has a search, the best stands first.
            var isChosen =
                    searched ? candidate.getSearch().equals(selection.get().getSearch()) : row == 1;
            chosen = isChosen && chosen < 0 ? row : chosen;
            table.row(
                    isChosen ? "▸" : " ",
                    searched ? Long.toString(candidate.getSeed()) : named(candidate),
                    Milestones.hash(candidate.getHash()),
                    Score.of(candidate).toString(),
                    Quantity.count(candidate.getParameters()),
                    Quantity.count(candidate.getMultiplyAdds()));
        }
        table(table, chosen);
        wrappedDim(selection.get().getReason());
        for (var stopped : view.stopped()) {
            wrapped("· %s ".formatted(title(view, stopped.getGenotype(), stopped.getHash())), RacingText.line(stopped));
        }
        view.baseline()
                .ifPresent(selected -> wrappedDim("random cell, chosen likewise among %d: %s"
                        .formatted(
                                selected.getCandidates().size()
                                        + selected.getPassedOver().size(),
                                selected.getReason())));
    }

    private static String title(RunView view, String genotype, String hash) {
        var name = view.named().name(genotype);
        return name.isEmpty() ? Milestones.hash(hash) : name;
    }

    private static String named(Candidate candidate) {
        return candidate.getName().isEmpty() ? "–" : candidate.getName();
    }

    private void evaluation(RunView view) {
        var challenger = view.challenger();
        var random = view.evaluated(Origin.RANDOM);
        var champion = view.evaluated(Origin.CHAMPION);
        if (challenger.isEmpty() && random.isEmpty()) {
            return;
        }
        var settings = view.request().getEvaluation();
        heading("Test %s: retrained from scratch for %d epochs, %s, %s"
                .formatted(
                        scoreName(view),
                        settings.getEpochs(),
                        NetworkScale.of(settings),
                        text(view).judgedEpoch()));
        var table =
                new TextTable("llrlrrr", "", "cell", "mean ± sd", "each seed", "parameters", "multiply-adds", "device");
        challenger.ifPresent(evaluated -> evaluationRow(table, view.challengerTitle(), evaluated));
        random.ifPresent(evaluated -> evaluationRow(table, "random", evaluated));
        champion.ifPresent(evaluated -> evaluationRow(table, "champion", evaluated));
        baseline(view.dataset()).ifPresent(unigram -> table.row("unigram", "–", unigram, "–", "–", "–", "–"));
        table(table, challenger.isPresent() ? 1 : 0);
        challenger.ifPresent(evaluated -> validation(view.challengerTitle(), evaluated));
        random.ifPresent(evaluated -> validation("random", evaluated));
        champion.ifPresent(evaluated -> validation("champion", evaluated));
        if (baseline(view.dataset()).isPresent()) {
            wrappedDim("unigram: no memory, each word by its frequency in the training text");
        }
    }

    /** Perplexity of a text's unigram baseline. */
    private static Optional<String> baseline(Optional<DatasetPublished> dataset) {
        return dataset.map(DatasetPublished::getUnigramPerplexity)
                .filter(perplexity -> perplexity > 0)
                .map(Quantity::perplexity);
    }

    private static void evaluationRow(TextTable table, String which, GenotypeEvaluated evaluated) {
        var scores = SeedScores.of(evaluated);
        table.row(
                which,
                Milestones.hash(evaluated.getHash()),
                scores.spread().toString(),
                eachSeed(scores),
                Quantity.count(evaluated.getParameters()),
                Quantity.count(evaluated.getMultiplyAdds()),
                Quantity.seconds(evaluated.getDeviceSeconds()));
    }

    /** As many as the card is wide. */
    private static String eachSeed(SeedScores scores) {
        var more = scores.each().size() - SEEDS_SHOWN;
        return scores.each().stream()
                        .limit(SEEDS_SHOWN)
                        .map(score -> Quantity.format("%.2f", score.value()))
                        .collect(Collectors.joining(" "))
                + (more > 0 ? " and %d more".formatted(more) : "");
    }

    /** On what was held out: the figures that the verdict rests on. */
    private void validation(String which, GenotypeEvaluated evaluated) {
        var scores = evaluated.getValidation();
        if (scores != null) {
            var spread = Spread.of(scores);
            wrappedDim("%s on what was held out, which decides: %s %s".formatted(which, spread.name(), spread));
        }
    }

    private void transfer(RunView view) {
        view.transfer().ifPresent(transferred -> {
            heading("Transfer to %s@%s".formatted(transferred.getDataset(), short12(transferred.getDatasetVersion())));
            var text = MeasureText.of(transferred.getMeasure());
            var titles = text.transferTitles();
            var table = new TextTable("rrrrr", titles.get(0), titles.get(1), "parameters", "multiply-adds", "device");
            var scores = text.transfer(transferred, baseline(view.transferDataset()));
            table.row(
                    scores.get(0),
                    scores.get(1),
                    Quantity.count(transferred.getParameters()),
                    Quantity.count(transferred.getMultiplyAdds()),
                    Quantity.seconds(transferred.getDeviceSeconds()));
            table(table, 1);
            if (transferred.getCorruptImages() > 0) {
                add(style.yellow(
                        "%d images could not be decoded and were left out".formatted(transferred.getCorruptImages())));
            }
        });
    }

    private void verdict(RunView view) {
        view.verdict().ifPresent(decided -> {
            heading("Verdict");
            var name = decided.getVerdict().name();
            add(style.bold(decided.getVerdict() == Verdict.PROMOTED ? style.green(name) : style.yellow(name)));
            decided.getReasons().forEach(reason -> wrapped("· ", reason));
        });
    }

    private void failures(RunView view) {
        if (view.state() != RunState.FAILED
                && view.state() != RunState.CANCELLED
                && view.failures().isEmpty()) {
            return;
        }
        heading("What went wrong");
        if (!view.reason().isEmpty()) {
            add(style.red(
                    "%s: %s".formatted(view.state().name().toLowerCase(Locale.ROOT), TerminalWords.of(view.reason()))));
        }
        for (var failed : view.failures()) {
            wrapped(
                    "· ",
                    "%s job %s, attempt %d%s: %s"
                            .formatted(
                                    failed.getStage(),
                                    failed.getJob(),
                                    failed.getAttempt(),
                                    failed.getRetryable() ? ", tried again" : ", given up",
                                    failed.getCause()));
        }
    }

    private void seconds(RunView view) {
        heading("Device time");
        var devices = Stream.concat(
                        view.searches().stream()
                                .flatMap(search -> search.lastCheckpoint().stream())
                                .map(checkpoint -> checkpoint.getDevice()),
                        view.retrainings(Stage.FULL).stream().map(retrained -> retrained.getDevice()))
                .distinct()
                .collect(Collectors.joining(", "));
        add(view.stages().stream()
                .map(stage -> "%s %s".formatted(stage.stage(), Quantity.seconds(stage.deviceSeconds())))
                .collect(Collectors.joining(" · ")));
        var wall = view.finishedAt()
                .map(end -> ", %s from request to end"
                        .formatted(Quantity.seconds(
                                Duration.between(view.requestedAt(), end).toMillis() / 1000.0)))
                .orElse("");
        add("total %s%s%s"
                .formatted(
                        style.bold(Quantity.seconds(view.deviceSeconds())),
                        devices.isEmpty() ? "" : " on " + devices,
                        wall));
        var limits = BudgetText.limits(view);
        if (!limits.isEmpty()) {
            add("budget: " + limits);
        }
        if (!view.reused().isEmpty()) {
            wrappedDim("%d retrainings were not done, for those of isomorphic cells stand for them: %s saved"
                    .formatted(
                            view.reused().size(),
                            Quantity.seconds(view.reused().stream()
                                    .mapToDouble(RetrainingReused::getDeviceSeconds)
                                    .sum())));
        }
        if (!view.stopped().isEmpty()) {
            wrappedDim(RacingText.sum(view.stopped()));
        }
        if (!view.state().ended()) {
            add("so far: " + view.stages().stream().map(RunCard::soFar).collect(Collectors.joining(" · ")));
        }
    }

    private void artifacts(RunView view) {
        var artifacts = new CardArtifacts(style, places).lines(view);
        if (!artifacts.isEmpty()) {
            heading("Artifacts");
            artifacts.forEach(this::add);
        }
    }

    private static String soFar(StageView stage) {
        return "%s %d/%d".formatted(stage.stage(), stage.done(), stage.total());
    }

    private static MeasureText text(RunView view) {
        return MeasureText.of(view.measure());
    }

    private static String scoreName(RunView view) {
        return Scale.of(view.measure()).title();
    }

    private void heading(String text) {
        lines.add("");
        lines.add(style.bold(style.cyan(text)));
    }

    /** A table's lines, the header dim and the marked row bold; 0 marks none. */
    private void table(TextTable table, int marked) {
        var rows = table.lines();
        for (var row = 0; row < rows.size(); row++) {
            var text = rows.get(row);
            add(row == 0 ? style.dim(text) : row == marked ? style.bold(text) : text);
        }
    }

    /** A paragraph whose lines after the first stand under its first word. */
    private void wrapped(String label, String text) {
        var room = WIDTH - INDENT.length() - label.length();
        var start = label;
        for (var line : Wrap.lines(text, room)) {
            add(start + line);
            start = " ".repeat(label.length());
        }
    }

    private void wrappedDim(String text) {
        Wrap.lines(text, WIDTH - INDENT.length()).forEach(line -> add(style.dim(line)));
    }

    private void add(String line) {
        lines.add(line.isBlank() ? "" : INDENT + line);
    }

    private static String pad(String text) {
        var room = WIDTH - 4;
        return text.length() > room ? text.substring(0, room - 1) + "…" : text + " ".repeat(room - text.length());
    }

    static String short12(String version) {
        return version.substring(0, Math.min(12, version.length()));
    }
}
