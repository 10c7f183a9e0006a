package io.dartboard.search;

import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What a person asks for, every value filled in: what the file leaves out is the paper's (DARTS, section 3). Its numbers
 * are not checked yet; {@link RunRequests} does that.
 *
 * @param dataset name of the dataset to search on
 * @param datasetVersion its version; empty for the newest
 * @param search the search
 * @param seeds one search each
 * @param selection the brief retraining that chooses among the searches' cells
 * @param evaluation the full retraining
 * @param evaluationSeeds one full retraining each
 * @param randomCellSeed seed of the random cell
 * @param transfer the transfer, where one is asked for
 * @param requestedBy who asks; no part of the run's identity
 */
record RunFile(
        String dataset,
        Optional<String> datasetVersion,
        SearchSettings search,
        List<Long> seeds,
        RetrainSettings selection,
        RetrainSettings evaluation,
        List<Long> evaluationSeeds,
        long randomCellSeed,
        Optional<TransferSettings> transfer,
        String requestedBy) {
    /** The paper searches four times and keeps the best (section 3.1). */
    static final int SEARCHES = 4;
    /** The authors report ten full retrainings. */
    static final int EVALUATIONS = 10;

    /** Fields of the search settings that stand at the top of the file. */
    static final Set<String> AT_TOP = Set.of("space", "method");

    /**
     * Reads a run file.
     *
     * @throws Refused if it is not one: the line names the field
     */
    static RunFile read(String text) {
        var body = Body.of(text);
        var search = SearchSettings.newBuilder(SearchEvents.paperSearch());
        body.optionalText("space").ifPresent(search::setSpace);
        body.optionalText("method").ifPresent(search::setMethod);
        var file = new RunFile(
                body.text("dataset"),
                body.optionalText("datasetVersion"),
                section(body, "search", search.build(), AT_TOP),
                body.optionalLongs("seeds").orElse(upTo(SEARCHES)),
                section(body, "selection", SearchEvents.paperSelection(), Set.of()),
                section(body, "evaluation", SearchEvents.paperEvaluation(), Set.of()),
                body.optionalLongs("evaluationSeeds").orElse(upTo(EVALUATIONS)),
                body.optionalLong("randomCellSeed").orElse(0L),
                body.optionalObject("transfer")
                        .map(transfer -> Overlay.on(SearchEvents.paperTransfer(), transfer, Set.of())),
                body.optionalText("requestedBy").orElse(""));
        body.end();
        return file;
    }

    private static <R extends org.apache.avro.specific.SpecificRecordBase> R section(
            Body body, String name, R preset, Set<String> except) {
        return body.optionalObject(name)
                .map(given -> Overlay.on(preset, given, except))
                .orElse(preset);
    }

    private static List<Long> upTo(int count) {
        return LongStream.range(0, count).boxed().toList();
    }
}
