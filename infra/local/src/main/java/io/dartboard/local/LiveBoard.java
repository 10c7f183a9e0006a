package io.dartboard.local;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.pipeline.event.ToldSchemas;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.pipeline.view.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** The board of all runs, kept up to date from the topics for as long as it is open. */
final class LiveBoard implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration AT_WORK = Duration.ofSeconds(90);

    private final RunBoard board = new RunBoard();
    private final ToldSchemas schemas;
    private final EventReader reader;

    private LiveBoard(KafkaSettings kafka) {
        schemas = ToldSchemas.following(kafka, "dartboard-cli");
        reader = new EventReader(
                kafka, "dartboard-cli", RunBoard.TOPICS, schemas, event -> board.apply(event.value(), event.time()));
    }

    /**
     * Opens a board that already knows everything told so far.
     *
     * @throws CommandFailure if the broker does not answer
     */
    static LiveBoard open(KafkaSettings kafka) {
        var live = new LiveBoard(kafka);
        live.schemas.start();
        live.reader.start();
        try {
            if (live.reader.awaitCaughtUp(PATIENCE)) {
                return live;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        live.close();
        throw CommandFailure.environment(
                "Kafka at %s does not answer; see infra/run status".formatted(kafka.bootstrapServers()));
    }

    RunBoard board() {
        return board;
    }

    /**
     * The run whose id begins so.
     *
     * @throws CommandFailure if there is none, or more than one
     */
    RunView run(String beginning) {
        var exact = board.run(beginning);
        if (exact.isPresent()) {
            return exact.get();
        }
        var found = board.runsBeginning(beginning);
        if (found.isEmpty()) {
            throw CommandFailure.badInput("there is no run %s; infra/run status lists them".formatted(beginning));
        }
        if (found.size() > 1) {
            throw CommandFailure.badInput("%s could be %s"
                    .formatted(beginning, found.stream().map(RunView::run).collect(Collectors.joining(" or "))));
        }
        return found.get(0);
    }

    /** How many jobs of other runs workers are at. */
    int atWorkForOthers(String run, Instant now) {
        return (int) board.runs().stream()
                .filter(view -> !view.run().equals(run))
                .flatMap(view -> view.live().stream())
                .filter(job -> job.isHeard(now, AT_WORK))
                .count();
    }

    @Override
    public void close() {
        reader.close();
        schemas.close();
    }
}
