package io.dartboard.local;

import io.dartboard.local.show.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks, uploads and announces a dataset. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = "Check a dataset, store it and announce it. The same content again changes nothing.")
final class PublishCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Mixin
    private final BroughtDataset dataset = new BroughtDataset();

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The dataset's name.")
    private String name = "";

    @Option(
            names = "--dataset-version",
            paramLabel = "VERSION",
            description = "Name of this version (default: the first digits of the content's digest).")
    private @Nullable String version;

    PublishCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        var form = dataset.form();
        var labels = dataset.labels();
        var publication = Publication.of(dataset.path(), name);
        form.ifPresent(publication::layout);
        labels.ifPresent(publication::labels);
        if (version != null) {
            publication.version(version);
        }
        stack.requireRunning();
        publication.publish(stack);
        return Exit.OK;
    }
}
