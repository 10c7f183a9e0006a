package io.dartboard.transfer.handover;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.Verdict;
import io.dartboard.pipeline.artifact.ArtifactDigest;
import io.dartboard.pipeline.view.RunJson;
import io.dartboard.schemas.Topics;
import io.dartboard.schemas.UnreadableEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What verdicts mean to whoever deploys cells. */
final class HandoverEvents {
    private static final String PROMOTED = "champion.promoted";

    private HandoverEvents() {}

    /**
     * A message that hands a cell over.
     *
     * @param id the same whenever it is made of the same verdict
     * @param text JSON
     */
    record Message(String id, String text) {}

    /**
     * The message about a verdict; empty where nothing was promoted. A verdict stands on its topic under its dataset and under
     * its run; the first counts.
     *
     * @throws IllegalArgumentException if the record is no verdict
     */
    static Optional<Message> of(String key, byte[] record) {
        var decided = decoded(record);
        return decided.getVerdict() == Verdict.PROMOTED && key.equals(decided.getDataset())
                ? Optional.of(message(decided))
                : Optional.empty();
    }

    private static ChampionDecided decoded(byte[] record) {
        try {
            return Topics.CHAMPIONS.decode(record);
        } catch (UnreadableEvent e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Message message(ChampionDecided decided) {
        var data = RunJson.champion(decided);
        data.set("links", links(decided));
        var text = JsonNodeFactory.instance.objectNode().put("type", PROMOTED);
        text.set("data", data);
        var what = "%s/%s@%s/%s/%d"
                .formatted(
                        PROMOTED,
                        decided.getDataset(),
                        decided.getDatasetVersion(),
                        decided.getRun(),
                        decided.getRequestEpoch());
        return new Message("msg_" + ArtifactDigest.sha256(what.getBytes(StandardCharsets.UTF_8)), text.toString());
    }

    /** Paths of search-svc, whose address this service does not know. */
    private static ObjectNode links(ChampionDecided decided) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("champion", "/v1/champions/" + decided.getDataset())
                .put("run", "/v1/runs/" + decided.getRun());
    }
}
