package io.dartboard.local;

import io.dartboard.local.ask.SearchBy;
import io.dartboard.local.show.Terminal;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.text.search.TextSearch;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole chain once, from data to verdict. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Run the whole chain once: publish data, search a cell with two seeds, choose, retrain it beside a random "
                    + "cell, transfer it to a larger task, and judge it. Ends with the run's card.",
            "The data is made here unless --data names some: CIFAR-10, CIFAR-100, or a folder or archive of photographs.",
            "With --text the data is text and the cell a recurrent one: the card tells perplexities, and beside them that of"
                    + " guessing each word by its frequency alone."
        })
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Option(names = "--text", description = "Search a recurrent cell on text instead of convolutional ones on images.")
    private boolean text;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "The data to search on: cifar-10-binary.tar.gz, cifar-100-binary.tar.gz, photographs in"
                    + " train/<class>/ and val/<class>/, each as a folder, .tar.gz, .tar or .zip. With --text a folder with"
                    + " {ptb.,}{train,valid,test}.txt or wiki.{train,valid,test}.{tokens,raw}. It is published under the"
                    + " name of its file or folder. A whole corpus of a million words takes hours on two cores.")
    private @Nullable Path data;

    @Option(
            names = "--transfer-data",
            paramLabel = "DIR",
            description = "With --text: a folder of the same kind to transfer the cell to (default: a made corpus).")
    private @Nullable Path transferData;

    @Option(
            names = "--images",
            paramLabel = "N",
            description = "Train on the first N images only, in every stage but the transfer.")
    private @Nullable Integer images;

    @Option(
            names = "--resolution",
            paramLabel = "N",
            description = "Bring images to so many pixels a side, in every stage but the transfer.")
    private @Nullable Integer resolution;

    @Option(
            names = "--lines",
            paramLabel = "N",
            description = "With --text: take the first N lines of each part of the corpora that are given.")
    private @Nullable Integer lines;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description = "Search by this method; infra/run methods shows them (default: the first order of DARTS).")
    private @Nullable String method;

    @Option(
            names = "--continuous",
            description =
                    "Place a standing order and publish eleven versions of made data, one of them under noise: the order"
                            + " finds a champion, measures it on each version, and searches anew on that one alone.")
    private boolean continuous;

    @Option(
            names = "--collapse",
            description =
                    "Search where a search cannot but collapse to skip connections, for its weights hardly learn: its guard"
                            + " ends it, has it made anew by a remedy, goes back to the last healthy cell where that collapses"
                            + " too, and the card tells all of it.")
    private boolean collapse;

    @Option(names = "--down", description = "Take the stack down at the end.")
    private boolean down;

    DemoCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        refuseWhatDoesNotFit();
        var terminal = stack.terminal();
        stack.home().create();
        if (continuous) {
            return continuously();
        }
        terminal.line("Making the demo data in %s".formatted(stack.home().data()));
        var plan = plan();
        if (method != null) {
            SearchBy.method(method, methods(), text ? RecurrentSpace.DARTS : CnnSpace.DARTS, plan.runFile());
        }
        UpCommand.up(stack, null);
        terminal.line("");
        publish(plan.searched());
        plan.transferred().ifPresent(this::publish);
        terminal.line("");
        var submitted = SubmitCommand.submit(stack, plan.runFile());
        var exit = watch(submitted.run());
        farewell(submitted.run());
        return exit;
    }

    private DemoPlan plan() {
        if (collapse) {
            return ImageDemo.collapse(stack.home());
        }
        return text
                ? TextDemo.plan(stack.home(), data, transferData, lines)
                : ImageDemo.plan(stack.home(), data, images, resolution);
    }

    private int continuously() {
        UpCommand.up(stack, null);
        var exit = new ContinuousDemo(stack).run();
        if (down) {
            stack.launcher().down();
        }
        return exit;
    }

    private void refuseWhatDoesNotFit() {
        var isGiven = text
                || data != null
                || transferData != null
                || images != null
                || lines != null
                || method != null
                || resolution != null;
        if (continuous && (isGiven || collapse) || collapse && isGiven) {
            throw CommandFailure.badInput("%s stands alone, or with --down: its data and settings are its own"
                    .formatted(continuous ? "--continuous" : "--collapse"));
        }
        if (text && resolution != null) {
            throw CommandFailure.badInput("--resolution is for images; leave --text or it out");
        }
        if (images != null && images < ImageDemo.fewestImages(data)) {
            throw CommandFailure.badInput(
                    "--images must be at least %d, one of each class to train and one to validate (was %d)"
                            .formatted(ImageDemo.fewestImages(data), images));
        }
        if (lines != null && lines < 1) {
            throw CommandFailure.badInput("--lines must be at least 1 (was %d)".formatted(lines));
        }
        if (method != null) {
            SearchBy.require(method, methods());
        }
        if (text && images != null) {
            throw CommandFailure.badInput("--images counts images, of which a text has none; leave --text or it out");
        }
        if (!text && (transferData != null || lines != null)) {
            throw CommandFailure.badInput("%s goes with --text; add that, or leave it out"
                    .formatted(transferData != null ? "--transfer-data" : "--lines"));
        }
        if (lines != null && data == null && transferData == null) {
            throw CommandFailure.badInput(
                    "--lines cuts a corpus that is given; name one with --data or --transfer-data");
        }
    }

    private List<SearchMethod> methods() {
        return text ? TextSearch.METHODS : ImageSearch.METHODS;
    }

    private void publish(DemoPlan.Source source) {
        Publication.of(source.path(), source.name()).publish(stack);
    }

    private int watch(String run) {
        try (var live = LiveBoard.open(stack.kafka())) {
            var view = Watching.follow(stack, live, run);
            RunFiles.show(stack, view);
            return Watching.exitCode(view);
        }
    }

    private void farewell(String run) {
        var terminal = stack.terminal();
        terminal.line("");
        if (down) {
            stack.launcher().down();
            return;
        }
        terminal.line("The stack is still up. This card again: %s   stop: %s   stop and remove everything: %s"
                .formatted(
                        terminal.bold("infra/run status " + run),
                        terminal.bold("infra/run down"),
                        terminal.bold("infra/run down --purge")));
    }
}
