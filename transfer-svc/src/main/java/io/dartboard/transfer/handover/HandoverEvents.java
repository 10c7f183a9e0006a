package io.dartboard.transfer.handover;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.events.ChampionDecided;
import io.dartboard.pipeline.artifact.ArtifactDigest;
import io.dartboard.pipeline.view.RunJson;
import io.dartboard.transfer.PromotionEvents;
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
     * The message about a verdict; empty where nothing was promoted.
     *
     * @throws IllegalArgumentException if the record is no verdict
     */
    static Optional<Message> of(String key, byte[] record) {
        return PromotionEvents.of(key, record).map(HandoverEvents::message);
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
