package io.dartboard.local.ask;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.events.RunRequested;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.pipeline.view.RunStory;
import io.dartboard.search.request.DevicePrice;
import io.dartboard.search.request.RequestTerms;
import io.dartboard.search.request.RunRequests;
import java.time.Instant;

/** search-svc, where the demo's data are published, and what it makes of a run's file. */
public final class TakenRuns {
    private static final int TRAIN = 4000;
    private static final int HELD_OUT = 1000;

    private final RunBoard board = new RunBoard();

    public TakenRuns() {
        board.apply(images("shapes", Layout.CIFAR_BINARY), Instant.EPOCH);
        board.apply(images("scenes", Layout.IMAGE_FOLDER), Instant.EPOCH);
        board.apply(RunStory.TEXT.dataset("words", "v1"), Instant.EPOCH);
        board.apply(RunStory.TEXT.dataset("more-words", "v1"), Instant.EPOCH);
    }

    private static DatasetPublished images(String name, Layout layout) {
        return DatasetPublished.newBuilder(RunStory.IMAGES.dataset(name, "v1"))
                .setLayout(layout)
                .setTrainExamples(TRAIN)
                .setTestExamples(HELD_OUT)
                .build();
    }

    /**
     * Takes it.
     *
     * @throws IllegalArgumentException with what is wrong with it, if it is refused
     */
    public RunRequested take(JsonNode runFile) {
        return new RunRequests(board, new RequestTerms(false, DevicePrice.UNKNOWN)).resolve(runFile.toString());
    }
}
