package io.dartboard.local;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.events.RunRequested;
import io.dartboard.local.home.Home;
import io.dartboard.local.home.Ports;
import io.dartboard.local.launch.Artifacts;
import io.dartboard.local.repeat.PackSource;
import io.dartboard.local.repeat.Part;
import io.dartboard.local.repeat.Repetition;
import io.dartboard.local.show.Terminal;
import io.dartboard.nas.dataset.DatasetForm;
import io.dartboard.pipeline.artifact.S3ArtifactStore;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.evidence.EvidencePack;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.schemas.Topics;
import io.dartboard.schemas.UnreadableEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Does again what an evidence pack tells of, and compares. */
@Command(
        name = "reproduce",
        mixinStandardHelpOptions = true,
        description = {
            "Do again what an evidence pack tells of, with the same data, settings and seeds, and compare: the cell, the alphas"
                    + " of each epoch and the weights bit by bit. Ends with 1 where something differs.",
            "The stack of --home is started if it does not run; it must not have done the run before. A transfer is left out,"
                    + " and so is the comparison with the champion of the time.",
            "Example: infra/run reproduce r1a2.zip --home /tmp/again --port-base 20000 --data ~/cifar-10-binary.tar.gz"
        })
final class ReproduceCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Parameters(
            paramLabel = "PACK",
            description = "The file; or the run, or the address of its pack, in the store of the stack of --from.")
    private String named = "";

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description =
                    "Folder of the stack that has the pack, or the dataset (default: .dartboard in the repository).")
    private @Nullable Path from;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "The dataset's folder or archive (default: as it lies in the store of --from).")
    private @Nullable Path data;

    ReproduceCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var packs = new PackSource(this::store)) {
            var pack = packs.pack(named);
            require(pack);
            UpCommand.up(stack, null);
            return reproduce(pack, packs);
        }
    }

    private S3ArtifactStore store() {
        var source = new Home(from == null ? StackOptions.repository().resolve(".dartboard") : from);
        var ports = Ports.read(source);
        if (ports.isEmpty()) {
            throw CommandFailure.badInput(
                    "there is no stack in %s that could have the pack or its dataset; say by --from which has, or name files of both"
                            .formatted(source.root()));
        }
        return Artifacts.store(source, ports.get());
    }

    /** That this version computes as the one did that made the pack. */
    private static void require(EvidencePack pack) {
        var code = pack.about().path("code");
        if (!code.path("engine").asText().equals(JobId.ENGINE)) {
            throw CommandFailure.badInput(
                    "the pack is of release %s, whose arithmetic is another than this version's; take that release"
                            .formatted(code.path("release").asText()));
        }
    }

    private int reproduce(EvidencePack pack, PackSource packs) throws InterruptedException {
        var dataset = event(() -> Topics.DATASETS.decode(pack.file(EvidencePack.DATASET)));
        var request = request(event(() -> (RunRequested) Topics.RUNS.decode(pack.file(EvidencePack.REQUEST))));
        var terminal = stack.terminal();
        try (var live = LiveBoard.open(stack.kafka())) {
            if (live.board().run(request.getRun()).isPresent()) {
                throw CommandFailure.badInput(
                        "the stack in %s has run %s already, and would compare it with itself; name an empty folder by --home"
                                .formatted(stack.home().root(), request.getRun()));
            }
            bring(dataset, live, packs);
            ask(request);
            terminal.line("run %s requested".formatted(terminal.bold(request.getRun())));
        }
        // Anew, as the board is to have heard of the run.
        try (var live = LiveBoard.open(stack.kafka())) {
            var view = Watching.follow(stack, live, request.getRun());
            if (Watching.exitCode(view) != Exit.OK) {
                return Exit.RUN_FAILED;
            }
            var parts = Repetition.of(pack, view);
            terminal.line("");
            show(
                    Part.Outcome.SAME,
                    "data",
                    "%s@%s, digest %s".formatted(dataset.getDataset(), dataset.getVersion(), dataset.getDigest()));
            parts.forEach(part -> show(part.outcome(), part.name(), part.line()));
            var different = parts.stream()
                    .filter(part -> part.outcome() == Part.Outcome.DIFFERENT)
                    .count();
            terminal.line(
                    different == 0
                            ? terminal.green("the run came out as it is packed")
                            : terminal.red("%d parts came out otherwise".formatted(different)));
            return different == 0 ? Exit.OK : Exit.RUN_FAILED;
        }
    }

    private void show(Part.Outcome outcome, String name, String line) {
        var terminal = stack.terminal();
        var mark =
                switch (outcome) {
                    case SAME -> terminal.green("✓");
                    case DIFFERENT -> terminal.red("✗");
                    case LEFT -> terminal.dim("–");
                };
        terminal.line("  %s %s: %s".formatted(mark, name, line));
    }

    /** The same without a transfer, whose dataset is another; of the same searches and retrainings. */
    private RunRequested request(RunRequested packed) {
        if (packed.getTransfer() == null) {
            return packed;
        }
        var without = RunRequested.newBuilder(packed)
                .setTransfer(null)
                .setTransferCeiling(null)
                .build();
        stack.terminal()
                .line("the transfer to %s is left out"
                        .formatted(packed.getTransfer().getDataset()));
        return RunRequested.newBuilder(without).setRun(JobId.run(without)).build();
    }

    /** Publishes the dataset unless that has been done, and makes sure that it is the one of the pack. */
    private void bring(DatasetPublished dataset, LiveBoard live, PackSource packs) {
        if (published(dataset, live).isEmpty()) {
            var path = data == null ? packs.archive(dataset, stack.home().data().resolve("reproduce")) : data;
            if (!Files.exists(path)) {
                throw CommandFailure.badInput("there is nothing at %s".formatted(path));
            }
            Publication.of(path, dataset.getDataset())
                    .layout(form(dataset.getLayout()))
                    .version(dataset.getVersion())
                    .publish(stack);
        }
        try (var heard = LiveBoard.open(stack.kafka())) {
            var digest =
                    published(dataset, heard).map(DatasetPublished::getDigest).orElse("none");
            if (!digest.equals(dataset.getDigest())) {
                throw CommandFailure.badInput(
                        "the dataset is not the one of the pack: the digest of its content is %s, and was %s"
                                .formatted(digest, dataset.getDigest()));
            }
        }
    }

    private static Optional<DatasetPublished> published(DatasetPublished dataset, LiveBoard live) {
        return live.board().datasets().stream()
                .filter(known -> known.getDataset().equals(dataset.getDataset())
                        && known.getVersion().equals(dataset.getVersion()))
                .findFirst();
    }

    private static DatasetForm form(Layout layout) {
        if (layout == Layout.UNKNOWN) {
            throw CommandFailure.badInput("the layout of the pack's dataset is unknown to this version");
        }
        return DatasetForm.valueOf(layout.name());
    }

    /** As an event, so that every value is that of the pack: a run file says less. */
    private void ask(RunRequested request) throws InterruptedException {
        try (var sender =
                new EventSender(stack.kafka(), new ServiceIdentity("dartboard-cli", "0.1.0"), Clock.systemUTC())) {
            sender.deliver(Topics.RUNS, request.getRun(), request, request.getRun(), "");
        }
    }

    private static <E> E event(Supplier<E> decoded) {
        try {
            return decoded.get();
        } catch (UnreadableEvent e) {
            throw CommandFailure.badInput("the pack is of a release that this version cannot read: " + e.getMessage());
        }
    }
}
