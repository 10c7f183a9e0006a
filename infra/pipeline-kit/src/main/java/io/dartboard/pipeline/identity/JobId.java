package io.dartboard.pipeline.identity;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Stage;
import io.dartboard.events.TransferSettings;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;

/**
 * The id of a job: the digest of all that determines its result. Two requests for the same work therefore name the same
 * job, and the second joins the first instead of spending the GPU hours again. The id of a run likewise: the digest of what
 * is asked for.
 *
 * <p>Settings enter as {@link IdentityText} and not as bytes on the wire, so that a field which a later release adds
 * changes an id only where it says something new. {@link #ENGINE} enters the ids of jobs too: it is raised whenever the
 * same job would give another result.
 */
public final class JobId {
    /** Version of the arithmetic. Raise it with any change that alters results. */
    public static final String ENGINE = "1";

    private static final int DIGITS = 16;
    private static final int RUN_DIGITS = 11;
    /**
     * What a request says beside what it asks for: its own id, how often, who asks, what its cells are called, what it may cost
     * and how urgent it is.
     */
    private static final Set<String> NOT_ASKED_FOR =
            Set.of("run", "requestEpoch", "requestedBy", "genotypeName", "genotypeNames", "budget", "priority");

    private JobId() {}

    /** The id of a search. */
    public static String search(DatasetPublished dataset, SearchSettings settings, long seed) {
        return search(normalised(dataset), settings, seed);
    }

    /** The id of one retraining of a genotype. */
    public static String evaluation(
            DatasetPublished dataset, Stage stage, String genotype, RetrainSettings settings, long seed) {
        return evaluation(normalised(dataset), stage, genotype, settings, seed);
    }

    /** The id of one transfer of a genotype. */
    public static String transfer(DatasetPublished dataset, String genotype, TransferSettings settings) {
        return transfer(dataset.getDigest(), genotype, settings);
    }

    /** The id of a run: the same for whoever asks for the same again, whatever stands in the request's own id. */
    public static String run(RunRequested request) {
        return run((IndexedRecord) request);
    }

    static String search(String data, IndexedRecord settings, long seed) {
        return "s" + digest("search", data, settings, Long.toString(seed), "");
    }

    static String evaluation(String data, Stage stage, String genotype, IndexedRecord settings, long seed) {
        return "e" + digest("evaluation-" + stage, data, settings, Long.toString(seed), genotype);
    }

    static String transfer(String data, String genotype, IndexedRecord settings) {
        return "t" + digest("transfer", data, settings, "", genotype);
    }

    static String run(IndexedRecord request) {
        return "r" + Sha256.hex("run", IdentityText.of(request, NOT_ASKED_FOR)).substring(0, RUN_DIGITS);
    }

    /** Content, and what its pixels are normalised by where the event says: a transfer has figures of its own. */
    private static String normalised(DatasetPublished dataset) {
        return dataset.getMean().isEmpty()
                ? dataset.getDigest()
                : "%s by mean %s deviation %s"
                        .formatted(dataset.getDigest(), dataset.getMean(), dataset.getDeviation());
    }

    private static String digest(String kind, String data, IndexedRecord settings, String seed, String genotype) {
        return Sha256.hex(ENGINE, kind, data, IdentityText.of(settings), seed, genotype)
                .substring(0, DIGITS);
    }
}
