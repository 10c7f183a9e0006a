package io.dartboard.local;

import io.dartboard.local.show.OrderCard;
import io.dartboard.local.show.Terminal;
import io.dartboard.pipeline.view.OrderView;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Places, shows and ends standing orders. */
@Command(
        name = "order",
        mixinStandardHelpOptions = true,
        description = {
            "Standing orders: whenever a dataset has a new version, its champion is questioned, and searched anew only when that"
                    + " pays.",
            "The file is JSON; all but the dataset may be left out: {\"dataset\": \"shapes\", \"policy\": {\"marginPoints\":"
                    + " 1}, \"run\": {\"seeds\": [0, 1]}}"
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            OrderCommand.Place.class,
            OrderCommand.Listing.class,
            OrderCommand.Show.class,
            OrderCommand.Pause.class,
            OrderCommand.Resume.class,
            OrderCommand.Search.class,
            OrderCommand.Remove.class
        })
final class OrderCommand implements Callable<Integer> {
    private final Terminal terminal;

    OrderCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.line(
                "say what to do: order place FILE, list, show NAME, pause NAME, resume NAME, search NAME or remove NAME");
        return Exit.BAD_INPUT;
    }

    /** Places an order. */
    @Command(
            name = "place",
            mixinStandardHelpOptions = true,
            description = "Place an order, or change the one of the same name. It begins with the newest version.")
    static final class Place implements Callable<Integer> {
        @Mixin
        private final StackOptions stack;

        @Parameters(paramLabel = "FILE", description = "The order file.")
        private Path file = Path.of("");

        Place(Terminal terminal) {
            stack = new StackOptions(terminal);
        }

        @Override
        public Integer call() {
            var placed = stack.requireRunning().api().order(SubmitCommand.read(file));
            stack.terminal()
                    .line("order %s stands: dataset %s; infra/run order show %s tells what it decides"
                            .formatted(
                                    stack.terminal().bold(placed.path("order").asText()),
                                    placed.path("dataset").asText(),
                                    placed.path("order").asText()));
            return Exit.OK;
        }
    }

    /** Lists orders. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the orders and what each decided last.")
    static final class Listing implements Callable<Integer> {
        @Mixin
        private final StackOptions stack;

        Listing(Terminal terminal) {
            stack = new StackOptions(terminal);
        }

        @Override
        public Integer call() {
            try (var live = LiveBoard.open(stack.requireRunning().kafka())) {
                var orders = live.board().orders();
                if (orders.isEmpty()) {
                    stack.terminal().line("there is no order; infra/run order place FILE places one");
                }
                new OrderCard(stack.terminal()).list(orders).forEach(stack.terminal()::line);
            }
            return Exit.OK;
        }
    }

    /** Shows an order. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show an order: every decision with its reasons, what it cost and what it saved.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private final StackOptions stack;

        @Parameters(paramLabel = "NAME", description = "The order's name.")
        private String name = "";

        Show(Terminal terminal) {
            stack = new StackOptions(terminal);
        }

        @Override
        public Integer call() {
            try (var live = LiveBoard.open(stack.requireRunning().kafka())) {
                var order = live.board().order(name).orElseThrow(() -> unknown(live));
                new OrderCard(stack.terminal()).lines(order).forEach(stack.terminal()::line);
            }
            return Exit.OK;
        }

        private CommandFailure unknown(LiveBoard live) {
            var known = live.board().orders().stream()
                    .map(OrderView::placed)
                    .map(placed -> placed.getOrder())
                    .collect(Collectors.joining(", "));
            return CommandFailure.badInput("there is no order %s; %s"
                    .formatted(name, known.isEmpty() ? "infra/run order place FILE places one" : "there are " + known));
        }
    }

    /** A word on an order that exists. */
    private abstract static class Word implements Callable<Integer> {
        @Mixin
        private final StackOptions stack;

        @Parameters(paramLabel = "NAME", description = "The order's name.")
        private String name = "";

        Word(Terminal terminal) {
            stack = new StackOptions(terminal);
        }

        @Override
        public Integer call() {
            stack.terminal()
                    .line("order %s %s"
                            .formatted(name, say(stack.requireRunning().api(), name)));
            return Exit.OK;
        }

        /** Says it; what has become of the order. */
        abstract String say(SearchApi api, String order);
    }

    /** Pauses an order. */
    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Let an order begin nothing more; what it has begun goes on.")
    static final class Pause extends Word {
        Pause(Terminal terminal) {
            super(terminal);
        }

        @Override
        String say(SearchApi api, String order) {
            api.orderTo(order, "pause");
            return "is paused; what it has begun goes on";
        }
    }

    /** Resumes an order. */
    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Let a paused order go on with the newest version.")
    static final class Resume extends Word {
        Resume(Terminal terminal) {
            super(terminal);
        }

        @Override
        String say(SearchApi api, String order) {
            api.orderTo(order, "resume");
            return "goes on with the newest version";
        }
    }

    /** Has an order search. */
    @Command(
            name = "search",
            mixinStandardHelpOptions = true,
            description = "Have the newest version searched on, whatever the order's policy says.")
    static final class Search extends Word {
        Search(Terminal terminal) {
            super(terminal);
        }

        @Override
        String say(SearchApi api, String order) {
            api.orderTo(order, "search");
            return "searches on the newest version as soon as nothing that it has begun is going on";
        }
    }

    /** Removes an order. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "End an order; its runs and decisions stay.")
    static final class Remove extends Word {
        Remove(Terminal terminal) {
            super(terminal);
        }

        @Override
        String say(SearchApi api, String order) {
            api.removeOrder(order);
            return "is removed; its runs and decisions stay";
        }
    }
}
