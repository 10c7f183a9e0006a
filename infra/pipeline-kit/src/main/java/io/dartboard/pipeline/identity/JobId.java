package io.dartboard.pipeline.identity;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Stage;
import io.dartboard.events.TransferSettings;
import io.dartboard.schemas.EventCodec;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The id of a job: the digest of all that determines its result. Two requests for the same work therefore name the same
 * job, and the second joins the first instead of spending the GPU hours again.
 *
 * <p>Settings enter as their Avro JSON text and not as bytes on the wire: the text carries field names, so a default that
 * a later release adds changes the id of new jobs only where it says something new. {@link #ENGINE} enters too: it is
 * raised whenever the same job would give another result.
 */
public final class JobId {
    /** Version of the arithmetic. Raise it with any change that alters results. */
    public static final String ENGINE = "1";

    private static final int DIGITS = 16;

    private JobId() {}

    /** The id of a search. */
    public static String search(DatasetPublished dataset, SearchSettings settings, long seed) {
        return "s" + digest("search", dataset, settings, Long.toString(seed), "");
    }

    /** The id of one retraining of a genotype. */
    public static String evaluation(
            DatasetPublished dataset, Stage stage, String genotype, RetrainSettings settings, long seed) {
        return "e" + digest("evaluation-" + stage, dataset, settings, Long.toString(seed), genotype);
    }

    /** The id of one transfer of a genotype. */
    public static String transfer(DatasetPublished dataset, String genotype, TransferSettings settings) {
        return "t" + digest("transfer", dataset, settings, "", genotype);
    }

    private static String digest(
            String kind, DatasetPublished dataset, SpecificRecordBase settings, String seed, String genotype) {
        return Sha256.hex(ENGINE, kind, dataset.getDigest(), text(settings), seed, genotype)
                .substring(0, DIGITS);
    }

    /** As Avro writes JSON, without the fields that are null: what a later release adds says nothing until it is set. */
    private static String text(SpecificRecordBase settings) {
        return settings.getSchema().getFields().stream()
                .filter(field -> settings.get(field.pos()) != null)
                .map(field ->
                        "\"%s\": %s".formatted(field.name(), SpecificData.get().toString(settings.get(field.pos()))))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** The id of a run: the digest of its request, its own id left out. */
    public static String run(SpecificRecordBase requestWithoutId) {
        return "r" + Sha256.hex("run", EventCodec.encode(requestWithoutId)).substring(0, 11);
    }
}
