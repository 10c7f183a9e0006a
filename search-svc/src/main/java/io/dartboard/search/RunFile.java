package io.dartboard.search;

import io.dartboard.events.Ceiling;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.preset.Preset;
import io.dartboard.nas.preset.Presets;
import io.dartboard.nas.preset.Recipe;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
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

    /** The preset of a section that names none, of a run on images. */
    private static final Map<String, Preset> USUAL = Map.of(
            "search", Presets.SEARCH,
            "selection", Presets.SELECTION,
            "evaluation", Presets.EVALUATION,
            "transfer", Presets.TRANSFER);

    /** Likewise, of a run on a text. */
    private static final Map<String, Preset> USUAL_OF_TEXT = Map.of(
            "search", Presets.TEXT_SEARCH,
            "selection", Presets.TEXT_SELECTION,
            "evaluation", Presets.TEXT_EVALUATION,
            "transfer", Presets.TEXT_TRANSFER);

    /**
     * Reads a run file. Its space is the one it names, else that of the search's preset, else the one for its dataset; and
     * the space decides which presets its sections can name.
     *
     * @param isText whether the dataset of a name is a text
     * @throws Refused if it is not one: the line names the field
     */
    static RunFile read(String text, Predicate<String> isText) {
        var body = Body.of(text);
        var dataset = body.text("dataset");
        var genotype = body.optionalText("genotype");
        if (genotype.isPresent()) {
            SEARCHING.forEach(name -> body.refuse(name, "has no meaning beside a genotype, for nothing is searched"));
        }
        var space = space(body).orElseGet(() -> isText.test(dataset) ? RecurrentSpace.DARTS : CnnSpace.DARTS);
        var sections = new Sections(body, space);
        var ceilings = body.optionalObject("ceilings");
        var file = new RunFile(
                dataset,
                body.optionalText("datasetVersion"),
                genotype,
                search(body, sections),
                body.optionalLongs("seeds").orElse(upTo(genotype.isPresent() ? 0 : SEARCHES)),
                sections.read("selection", Recipe.RETRAINING, PresetSettings::retraining, Set.of()),
                sections.read("evaluation", Recipe.RETRAINING, PresetSettings::retraining, Set.of()),
                body.optionalLongs("evaluationSeeds").orElse(upTo(EVALUATIONS)),
                body.optionalLong("randomCellSeed").orElse(0L),
                sections.readGiven("transfer", Recipe.TRANSFER, PresetSettings::transfer, Set.of()),
                ceilings.flatMap(given -> ceiling(given, "evaluation")),
                ceilings.flatMap(given -> ceiling(given, "transfer")),
                body.optionalText("requestedBy").orElse(""));
        ceilings.ifPresent(Body::end);
        body.end();
        return file;
    }

    private static Optional<SearchSpace> space(Body body) {
        return body.optionalText("space")
                .or(() -> body.optionalObject("search")
                        .flatMap(given -> given.optionalText("preset"))
                        .map(wanted -> preset("search", Recipe.SEARCH, wanted))
                        .map(Preset::space))
                .map(id -> RunRequests.trying("search", () -> SearchSpace.of(id)));
    }

    private static SearchSettings search(Body body, Sections sections) {
        var search = SearchSettings.newBuilder(sections.read("search", Recipe.SEARCH, PresetSettings::search, AT_TOP));
        search.setSpace(sections.space().id());
        body.optionalText("method").ifPresent(search::setMethod);
        return search.build();
    }

    /** The settings of a run's file: what a section says, over the preset that it names. */
    private record Sections(Body body, SearchSpace space) {
        <R extends SpecificRecordBase> R read(
                String name, Recipe recipe, Function<Preset, R> settings, Set<String> except) {
            return readGiven(name, recipe, settings, except).orElseGet(() -> settings.apply(usual(name)));
        }

        <R extends SpecificRecordBase> Optional<R> readGiven(
                String name, Recipe recipe, Function<Preset, R> settings, Set<String> except) {
            return body.optionalObject(name).map(given -> {
                var preset = given.optionalText("preset")
                        .map(wanted -> fitting(name, preset(name, recipe, wanted)))
                        .orElseGet(() -> usual(name));
                var start = settings.apply(preset);
                var hidden = new HashSet<>(except);
                hidden.addAll(PresetSettings.unused(preset, start.getSchema()));
                return Overlay.on(start, given, hidden);
            });
        }

        private Preset usual(String section) {
            return Objects.requireNonNull((forText() ? USUAL_OF_TEXT : USUAL).get(section), section);
        }

        private Preset fitting(String section, Preset preset) {
            if (preset.forText() != forText()) {
                throw Refused.malformed("%s.preset: preset '%s' is a recipe for %s, and space %s is one for %s"
                        .formatted(section, preset.name(), kind(preset.forText()), space.id(), kind(forText())));
            }
            return preset;
        }

        private boolean forText() {
            return space instanceof RecurrentSpace;
        }

        private static String kind(boolean forText) {
            return forText ? "texts" : "images";
        }
    }

    private static Preset preset(String section, Recipe recipe, String wanted) {
        try {
            return Presets.of(recipe, wanted);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.Kind.MALFORMED, "%s.preset: %s".formatted(section, e.getMessage()), e);
        }
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
