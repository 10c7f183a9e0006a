package io.dartboard.search;

import io.dartboard.events.Ceiling;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.preset.Preset;
import io.dartboard.nas.preset.Presets;
import io.dartboard.nas.preset.Recipe;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What a person asks for, every value filled in: what a section leaves out is the value of the preset that it names, and
 * that of the paper (DARTS, section 3) where it names none. Its numbers are not checked yet; {@link RunRequests} does that.
 *
 * @param dataset name of the dataset to search on
 * @param datasetVersion its version; empty for the newest
 * @param genotype the cell to retrain, a name or a text; empty where it is to be searched for
 * @param search the search
 * @param seeds one search each; none where a genotype is given
 * @param selection the brief retraining that chooses among the searches' cells
 * @param evaluation the full retraining
 * @param evaluationSeeds one full retraining each
 * @param randomCellSeed seed of the random cell
 * @param transfer the transfer, where one is asked for
 * @param evaluationCeiling what the evaluation's network may cost
 * @param transferCeiling what the transfer's network may cost
 * @param requestedBy who asks; no part of the run's identity
 */
record RunFile(
        String dataset,
        Optional<String> datasetVersion,
        Optional<String> genotype,
        SearchSettings search,
        List<Long> seeds,
        RetrainSettings selection,
        RetrainSettings evaluation,
        List<Long> evaluationSeeds,
        long randomCellSeed,
        Optional<TransferSettings> transfer,
        Optional<Ceiling> evaluationCeiling,
        Optional<Ceiling> transferCeiling,
        String requestedBy) {
    /** The paper searches four times and keeps the best (section 3.1). */
    static final int SEARCHES = 4;
    /** The authors report ten full retrainings. */
    static final int EVALUATIONS = 10;

    /** Fields of the search settings that stand at the top of the file. */
    static final Set<String> AT_TOP = Set.of("space", "method");

    /** What a run does not have that is given its genotype. */
    private static final List<String> SEARCHING = List.of("method", "search", "seeds", "selection");

    /** The preset of a section that names none. */
    static final Map<String, Preset> USUAL = Map.of(
            "search", Presets.SEARCH,
            "selection", Presets.SELECTION,
            "evaluation", Presets.EVALUATION,
            "transfer", Presets.TRANSFER);

    /**
     * Reads a run file.
     *
     * @throws Refused if it is not one: the line names the field
     */
    static RunFile read(String text) {
        var body = Body.of(text);
        var genotype = body.optionalText("genotype");
        if (genotype.isPresent()) {
            SEARCHING.forEach(name -> body.refuse(name, "has no meaning beside a genotype, for nothing is searched"));
        }
        var ceilings = body.optionalObject("ceilings");
        var file = new RunFile(
                body.text("dataset"),
                body.optionalText("datasetVersion"),
                genotype,
                search(body),
                body.optionalLongs("seeds").orElse(upTo(genotype.isPresent() ? 0 : SEARCHES)),
                section(body, "selection", Recipe.RETRAINING, PresetSettings::retraining, Set.of()),
                section(body, "evaluation", Recipe.RETRAINING, PresetSettings::retraining, Set.of()),
                body.optionalLongs("evaluationSeeds").orElse(upTo(EVALUATIONS)),
                body.optionalLong("randomCellSeed").orElse(0L),
                body.optionalObject("transfer")
                        .map(given -> laid(given, "transfer", Recipe.TRANSFER, PresetSettings::transfer, Set.of())),
                ceilings.flatMap(given -> ceiling(given, "evaluation")),
                ceilings.flatMap(given -> ceiling(given, "transfer")),
                body.optionalText("requestedBy").orElse(""));
        ceilings.ifPresent(Body::end);
        body.end();
        return file;
    }

    private static SearchSettings search(Body body) {
        var search = SearchSettings.newBuilder(section(body, "search", Recipe.SEARCH, PresetSettings::search, AT_TOP));
        body.optionalText("space").ifPresent(search::setSpace);
        body.optionalText("method").ifPresent(search::setMethod);
        return search.build();
    }

    private static <R extends SpecificRecordBase> R section(
            Body body, String name, Recipe recipe, Function<Preset, R> settings, Set<String> except) {
        return body.optionalObject(name)
                .map(given -> laid(given, name, recipe, settings, except))
                .orElseGet(() -> settings.apply(usual(name)));
    }

    /** What a section says, over the preset that it names. */
    private static <R extends SpecificRecordBase> R laid(
            Body given, String name, Recipe recipe, Function<Preset, R> settings, Set<String> except) {
        var preset = given.optionalText("preset")
                .map(wanted -> preset(name, recipe, wanted))
                .orElseGet(() -> usual(name));
        return Overlay.on(settings.apply(preset), given, except);
    }

    private static Preset preset(String section, Recipe recipe, String wanted) {
        try {
            return Presets.of(recipe, wanted);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.Kind.MALFORMED, "%s.preset: %s".formatted(section, e.getMessage()), e);
        }
    }

    private static Preset usual(String section) {
        return Objects.requireNonNull(USUAL.get(section), section);
    }

    /** One that sets nothing is none, so that the run is the same as without it. */
    private static Optional<Ceiling> ceiling(Body ceilings, String network) {
        var none = Ceiling.newBuilder().build();
        return ceilings.optionalObject(network)
                .map(given -> Overlay.on(none, given, Set.of()))
                .filter(ceiling -> !ceiling.equals(none));
    }

    private static List<Long> upTo(int count) {
        return LongStream.range(0, count).boxed().toList();
    }
}
