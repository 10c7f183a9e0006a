package io.dartboard.search.request;

import io.dartboard.events.Ceiling;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunBudget;
import io.dartboard.events.RunPriority;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.bilevel.Composition;
import io.dartboard.nas.genotype.KnownNetwork;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.genotype.RandomSearch;
import io.dartboard.nas.preset.Preset;
import io.dartboard.nas.preset.Presets;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.pipeline.run.Budgets;
import io.dartboard.schemas.Word;
import io.dartboard.search.body.Body;
import io.dartboard.search.body.Problem;
import io.dartboard.search.body.Refused;
import io.dartboard.training.BoundSettings;
import io.dartboard.training.kind.Kind;
import io.dartboard.training.kind.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What a person asks for, every value filled in: what a section leaves out is the value of the preset that it names, and
 * that of the paper (DARTS, section 3) where it names none. Its numbers are not checked yet; {@link RunRequests} does that.
 *
 * @param dataset name of the dataset to search on
 * @param datasetVersion its version; empty for the newest
 * @param genotypes the cell to retrain, a name or a text, or several to choose among; none where one is to be searched for
 * @param search the search
 * @param seeds one search each; none where cells are given
 * @param selection the brief retraining that chooses among the searches' cells, or the given ones
 * @param evaluation the full retraining
 * @param evaluationSeeds one full retraining each
 * @param seedBudget how many seeds may be added to the evaluation's while they do not tell
 * @param randomCells how many random cells are drawn, of which the best by the brief retraining is compared with
 * @param randomCellSeed seed of the draw, or of the one random cell; empty where it follows from the rest
 * @param transfer the transfer, where one is asked for
 * @param evaluationCeiling what the evaluation's network may cost
 * @param transferCeiling what the transfer's network may cost
 * @param requestedBy who asks; no part of the run's identity
 * @param budget what the run may cost; no part of its identity
 * @param priority before which others its jobs are begun; no part of its identity
 * @param racing whether a brief retraining that can no longer be the best is stopped
 */
public record RunFile(
        String dataset,
        Optional<String> datasetVersion,
        List<String> genotypes,
        SearchSettings search,
        List<Long> seeds,
        RetrainSettings selection,
        RetrainSettings evaluation,
        List<Long> evaluationSeeds,
        int seedBudget,
        int randomCells,
        Optional<Long> randomCellSeed,
        Optional<TransferSettings> transfer,
        Optional<Ceiling> evaluationCeiling,
        Optional<Ceiling> transferCeiling,
        String requestedBy,
        Optional<RunBudget> budget,
        RunPriority priority,
        boolean racing) {
    /** The paper searches four times and keeps the best (section 3.1). */
    public static final int SEARCHES = 4;
    /** A random search draws all its cells with one. */
    public static final int RANDOM_SEARCHES = 1;
    /** The authors report ten full retrainings. */
    public static final int EVALUATIONS = 10;

    /** Share of the training images that the evaluation holds out to compare cells by, where the file says nothing. */
    public static final double VALID_PORTION = 0.1;

    /** Fields of the search settings that stand at the top of the file. */
    public static final Set<String> AT_TOP = Set.of("space", "method", "parts");

    /** What a run does not have that is given its cells. */
    private static final List<String> SEARCHING = List.of("method", "parts", "search", "seeds");

    private static final String NOT_RANDOM = "has no meaning beside method random, which trains no supernet";

    public RunFile {
        genotypes = List.copyOf(genotypes);
    }

    /** Of the search: the network that it begins with, which says the space. */
    public static final String START = "start";

    /**
     * Reads a run file. Its space is that around the network that its search begins with, else the one it names, else that of the
     * search's preset, else that whose notation its cell is in, else the one for its dataset; and
     * the space decides which presets its sections can name.
     *
     * @param kindOf the kind of the dataset of a name, if it is known
     * @throws Refused if it is not one: the line names the field
     */
    static RunFile read(String text, Function<String, Optional<Kind>> kindOf) {
        return Body.read(text, body -> read(body, kindOf));
    }

    private static RunFile read(Body body, Function<String, Optional<Kind>> kindOf) {
        var dataset = body.text("dataset");
        var genotypes = genotypes(body);
        var space = space(body)
                .or(() -> genotypes.stream()
                        .filter(NasBench201Genotype::hasForm)
                        .map(cell -> NasBench201Space.PUBLISHED)
                        .findFirst())
                .orElseGet(() -> kindOf.apply(dataset).orElse(Kind.IMAGES).usualSpace());
        var sections = new Sections(body, space);
        var search = search(body, sections);
        var ceilings = body.optionalObject("ceilings");
        var file = new RunFile(
                dataset,
                body.optionalText("datasetVersion"),
                genotypes,
                search,
                body.optionalLongs("seeds").orElse(upTo(genotypes.isEmpty() ? searches(search.getMethod()) : 0)),
                sections.read(Section.SELECTION, PresetSettings::retraining, Set.of()),
                sections.read(Section.EVALUATION, RunFile::evaluation, Set.of()),
                body.optionalLongs("evaluationSeeds").orElse(upTo(EVALUATIONS)),
                body.optionalInt("seedBudget").orElse(0),
                body.optionalInt("randomCells").orElse(1),
                body.optionalLong("randomCellSeed"),
                sections.readGiven(Section.TRANSFER, PresetSettings::transfer, Set.of()),
                ceilings.flatMap(given -> ceiling(given, "evaluation")),
                ceilings.flatMap(given -> ceiling(given, "transfer")),
                body.optionalText("requestedBy").orElse(""),
                body.optionalObject("budget")
                        .map(given -> Overlay.on(Budgets.NONE, given, Set.of()))
                        .filter(budget -> !budget.equals(Budgets.NONE)),
                body.optionalText("priority").map(RunFile::priority).orElse(RunPriority.NORMAL),
                body.optionalBoolean("racing").orElse(false));
        ceilings.ifPresent(Body::end);
        return file;
    }

    private static RunPriority priority(String written) {
        return Stream.of(RunPriority.values())
                .filter(priority -> Word.of(priority).equals(written))
                .findFirst()
                .orElseThrow(
                        () -> Refused.malformed("priority must be low, normal or high (was '%s')".formatted(written)));
    }

    private static List<String> genotypes(Body body) {
        var given = body.optionalTextOrTexts("genotype");
        if (given.isEmpty()) {
            return List.of();
        }
        if (given.get().isEmpty()) {
            throw Refused.malformed(
                    "genotype names no cell; name one, or several to choose among, or leave it out to search for one");
        }
        SEARCHING.forEach(name -> body.refuse(name, "has no meaning beside a genotype, for nothing is searched"));
        if (given.get().size() == 1) {
            body.refuse("selection", "has no meaning beside one genotype, for there is nothing to choose");
            body.refuse("randomCells", "has no meaning beside one genotype, which is compared with one random cell");
        }
        return given.get();
    }

    /** Cells are compared by what neither trained them nor is kept for the end: by a part of the images that the recipes train on. */
    public static RetrainSettings evaluation(Preset preset) {
        var settings = PresetSettings.retraining(preset);
        return Kind.of(preset).readBeside().contains("validPortion")
                ? RetrainSettings.newBuilder(settings)
                        .setValidPortion(VALID_PORTION)
                        .build()
                : settings;
    }

    private static Optional<SearchSpace> space(Body body) {
        var named = body.optionalText("space");
        return start(body).map(network -> around(network, named)).or(() -> named.or(() -> body.optionalObject("search")
                        .flatMap(given -> given.optionalText("preset"))
                        .map(wanted -> preset(Section.SEARCH, wanted))
                        .map(Preset::space))
                .map(id -> RunRequests.trying("search", () -> SearchSpace.of(id))));
    }

    private static Optional<KnownNetwork> start(Body body) {
        return body.optionalObject(Section.SEARCH.title())
                .flatMap(given -> given.optionalText(START))
                .map(name -> RunRequests.trying("search.start", () -> KnownNetwork.of(name)));
    }

    private static SearchSpace around(KnownNetwork network, Optional<String> named) {
        var space = network.space();
        named.filter(id -> !id.equals(space.id())).ifPresent(id -> {
            throw Refused.impossible("search.start: the space around %s is %s, and space is %s; leave one of both out"
                    .formatted(network.name(), space.id(), id));
        });
        return space;
    }

    /** A network to begin with is one that the method begins with. */
    private static void requireBeginning(KnownNetwork network, SearchSettings search, Kind kind) {
        var method = RunRequests.trying("search", () -> BoundSettings.method(search, kind.methods()));
        if (!method.initial().beginsWithANetwork()) {
            throw Refused.impossible(
                    "search.start: method %s begins with no network, whatever the space; search by dartopti, or name the space %s in the place of %s"
                            .formatted(method.id(), search.getSpace(), network.name()));
        }
    }

    private static int searches(String method) {
        return method.equals(RandomSearch.ID) ? RANDOM_SEARCHES : SEARCHES;
    }

    private static SearchSettings search(Body body, Sections sections) {
        if (body.optionalText("method").filter(RandomSearch.ID::equals).isPresent()) {
            return random(body, sections);
        }
        var search = SearchSettings.newBuilder(sections.read(Section.SEARCH, PresetSettings::search, AT_TOP));
        search.setSpace(sections.space().id());
        body.optionalText("method").ifPresent(search::setMethod);
        body.optionalTexts("parts").ifPresent(parts -> compose(search, parts, sections));
        var settings = search.build();
        start(body).ifPresent(network -> requireBeginning(network, settings, sections.kind()));
        return settings;
    }

    /** Of what a search has, all that can be said is how many cells are drawn; the rest stands as it is usual, and is not read. */
    private static SearchSettings random(Body body, Sections sections) {
        body.refuse("parts", NOT_RANDOM);
        var parameters = body.optionalObject("search").flatMap(given -> {
            var numbers = given.optionalNumbers("parameters");
            given.names().filter(name -> !name.equals("parameters")).forEach(name -> given.refuse(name, NOT_RANDOM));
            return numbers;
        });
        var draws = RunRequests.trying("search", () -> RandomSearch.of(parameters.orElse(Map.of())));
        var usual = PresetSettings.search(sections.kind().usual(sections.space(), Section.SEARCH));
        return SearchSettings.newBuilder(usual)
                .setSpace(sections.space().id())
                .setMethod(RandomSearch.ID)
                .setParameters(draws.parameters())
                .build();
    }

    /** By the composition that there is of it, so that a run is the same however its method is put. */
    private static void compose(SearchSettings.Builder search, Map<String, String> parts, Sections sections) {
        var known = sections.kind().methods();
        var composition = RunRequests.trying("method", () -> Composition.of(search.getMethod(), parts, known));
        search.setMethod(composition.method());
        search.setParts(composition.parts().isEmpty() ? null : composition.parts());
    }

    /** The settings of a run's file: what a section says, over the preset that it names. */
    private record Sections(Body body, SearchSpace space) {
        <R extends SpecificRecordBase> R read(Section section, Function<Preset, R> settings, Set<String> except) {
            return readGiven(section, settings, except).orElseGet(() -> settings.apply(kind().usual(space, section)));
        }

        <R extends SpecificRecordBase> Optional<R> readGiven(
                Section section, Function<Preset, R> settings, Set<String> except) {
            return body.optionalObject(section.title()).map(given -> {
                var preset = given.optionalText("preset")
                        .map(wanted -> fitting(section, preset(section, wanted)))
                        .orElseGet(() -> kind().usual(space, section));
                var recipe = settings.apply(preset);
                var hidden = new HashSet<>(except);
                hidden.addAll(PresetSettings.unused(preset, recipe.getSchema()));
                if (section == Section.SEARCH) {
                    given.optionalText(START); // Read where the space is found.
                }
                return Overlay.on(recipe, given, hidden);
            });
        }

        private Preset fitting(Section section, Preset preset) {
            var fits = Kind.of(preset);
            if (fits != kind()) {
                throw Refused.malformed("%s.preset: preset '%s' is a recipe for %s, and space %s is one for %s"
                        .formatted(section.title(), preset.name(), fits.title(), space.id(), kind().title()));
            }
            return preset;
        }

        private Kind kind() {
            return Kind.of(space);
        }
    }

    private static Preset preset(Section section, String wanted) {
        try {
            return Presets.of(section.recipe(), wanted);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.Kind.MALFORMED, "%s.preset: %s".formatted(section.title(), e.getMessage()), e);
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
