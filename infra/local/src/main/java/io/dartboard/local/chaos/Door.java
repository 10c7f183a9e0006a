package io.dartboard.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;

/** What people can ask of the pipeline. Each throws a {@link RuntimeException} if it is refused or nobody answers. */
public interface Door {

    /** Asks for a run; its id. */
    String ask(JsonNode runFile);

    /** Has a dataset checked, stored and announced; what the service says of it. */
    JsonNode publish(JsonNode dataset);

    void pause(String run);

    void resume(String run);

    void cancel(String run);
}
