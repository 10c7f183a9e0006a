package io.dartboard.local.show;

import io.dartboard.events.ArtifactRef;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Stage;
import io.dartboard.pipeline.view.RunView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The part of the card on artifacts: where each lies, and the command lines that show it. */
final class CardArtifacts {
    private static final String INDENT = "    ";
    /** Bucket, kind of work and job. */
    private static final Pattern JOB_FOLDER = Pattern.compile("s3://[^/]+/[^/]+/[^/]+/");

    private final Terminal style;
    private final CardPlaces places;
    private final List<String> lines = new ArrayList<>();

    CardArtifacts(Terminal style, CardPlaces places) {
        this.style = style;
        this.places = places;
    }

    List<String> lines(RunView view) {
        lines.clear();
        view.dataset().map(DatasetPublished::getArchive).ifPresent(ref -> artifact("dataset", ref));
        view.transferDataset().map(DatasetPublished::getArchive).ifPresent(ref -> artifact("transfer dataset", ref));
        for (var search : view.searches()) {
            search.lastCheckpoint()
                    .ifPresent(last -> artifact(
                            "search, seed %d, epoch %d: checkpoint".formatted(search.seed(), last.getEpoch()),
                            last.getCheckpoint()));
        }
        view.retrainings(Stage.FULL).forEach(retrained -> artifact(weights(view, retrained), retrained.getWeights()));
        view.transfer().ifPresent(transferred -> artifact("weights after transfer", transferred.getWeights()));
        if (lines.isEmpty()) {
            return List.of();
        }
        var page = new ArrayList<>(lines);
        page.add("");
        page.add(style.dim("look at them with any S3 client, for instance"));
        page.add(INDENT + "export AWS_SHARED_CREDENTIALS_FILE=%s".formatted(shortest(places.credentials())));
        page.add(INDENT + "export AWS_ENDPOINT_URL=%s AWS_DEFAULT_REGION=us-east-1".formatted(places.s3Endpoint()));
        view.searches().stream()
                .flatMap(search -> search.lastCheckpoint().stream())
                .findFirst()
                .ifPresent(last -> {
                    page.add(INDENT + "aws s3 ls --recursive %s".formatted(folder(last.getCheckpoint())));
                    page.add(INDENT
                            + "aws s3 cp %s -".formatted(last.getCheckpoint().getUri()));
                });
        page.add(INDENT + "curl -s %s/v1/runs/%s".formatted(places.restAddress(), view.run()));
        return page;
    }

    private void artifact(String what, ArtifactRef ref) {
        lines.add("%s  %s".formatted(what, style.dim(Quantity.bytes(ref.getBytes()))));
        lines.add(INDENT + ref.getUri());
    }

    private static String weights(RunView view, GenotypeRetrained retrained) {
        return "weights of the %s cell, seed %d".formatted(view.title(retrained), retrained.getSeed());
    }

    /** Of a job; an address that has no such folder as it is. */
    private static String folder(ArtifactRef ref) {
        var folder = JOB_FOLDER.matcher(ref.getUri());
        return folder.lookingAt() ? folder.group() : ref.getUri();
    }

    /** Relative to the working folder where it lies below it. */
    static Path shortest(Path file) {
        var here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }
}
