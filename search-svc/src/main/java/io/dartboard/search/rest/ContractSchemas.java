package io.dartboard.search.rest;

import io.dartboard.events.Ceiling;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.OrderPolicy;
import io.dartboard.events.OrderSchedule;
import io.dartboard.events.RunBudget;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SourceRead;
import io.dartboard.events.VersionDecided;
import io.dartboard.events.WatchedSource;
import io.dartboard.nas.bilevel.SearchParts;
import io.dartboard.nas.genotype.KnownNetwork;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.preset.MethodSheet;
import io.dartboard.nas.preset.Preset;
import io.dartboard.nas.preset.Presets;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.text.data.CorpusLayout;
import io.dartboard.pipeline.run.Budgets;
import io.dartboard.search.body.Problem;
import io.dartboard.search.request.PresetSettings;
import io.dartboard.search.request.RunFile;
import io.dartboard.training.BoundSettings;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Describes requests and answers by the event contracts that they are made of: names, types and explanations are the
 * contracts' own, and defaults are the paper's values, so the description cannot fall behind.
 */
public final class ContractSchemas implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI api) {
        var components = Objects.requireNonNullElseGet(api.getComponents(), OASFactory::createComponents);
        components
                .addSchema("DatasetRequest", datasetRequest())
                .addSchema("DatasetPublished", contract(DatasetPublished.class, Set.of()))
                .addSchema("PublishedDataset", publishedDataset())
                .addSchema("Publishing", publishing())
                .addSchema("Datasets", object("").addProperty("datasets", listOf("DatasetPublished")))
                .addSchema("RunFile", runFile())
                .addSchema("Run", RunSchemas.run())
                .addSchema(
                        "Presets",
                        object("").addProperty("presets", list(object("Name, recipe, source and every value"))))
                .addSchema(
                        "Methods",
                        object("")
                                .addProperty(
                                        "methods",
                                        list(
                                                object(
                                                        "Name, source, parts, parameters, on what it searches, and what that costs beside darts-first-order where it has been measured")))
                                .addProperty(
                                        "parts",
                                        list(object("What can be put in the place of a method's own: choice, name,"
                                                + " parameters"))))
                .addSchema("Budget", contract(RunBudget.class, Set.of()))
                .addSchema("Runs", object("").addProperty("runs", listOf("Run")))
                .addSchema("OrderFile", orderFile())
                .addSchema("Order", order())
                .addSchema("Orders", object("").addProperty("orders", listOf("Order")))
                .addSchema(
                        "Notification",
                        object("An event message of S3 with a list Records, or an event of EventBridge with its detail")
                                .addProperty("Records", list(object("With s3.bucket.name and s3.object.key")))
                                .addProperty("detail", object("With bucket.name and object.key")))
                .addSchema(
                        "Notified", object("").addProperty("watching", count("How many orders watch what has changed")))
                .addSchema("Champion", RunSchemas.champion())
                .addSchema("Champions", object("").addProperty("champions", list(RunSchemas.champion())))
                .addSchema("ProblemDetail", problem())
                .addResponse(
                        "Problem",
                        OASFactory.createAPIResponse()
                                .description("Why not: a problem (RFC 9457) whose detail is one line for people")
                                .content(OASFactory.createContent()
                                        .addMediaType(
                                                Problem.MEDIA_TYPE,
                                                OASFactory.createMediaType().schema(problem()))));
        api.setComponents(components);
    }

    private static Schema datasetRequest() {
        return object("A dataset to publish")
                .addProperty("name", text("Its name: up to 64 letters, digits, dots, dashes and underscores"))
                .addProperty(
                        "task",
                        text("What is learned from it; that of the layout if left out")
                                .addEnumeration("image-classification")
                                .addEnumeration("language-model"))
                .addProperty(
                        "layout",
                        text("How its files lie; found out by their names if left out: CIFAR's binary files,"
                                        + " train/<class>/ and val/<class>/ with images, or a text in "
                                        + CorpusLayout.patterns())
                                .addEnumeration("cifar-binary")
                                .addEnumeration("image-folder")
                                .addEnumeration("token-corpus"))
                .addProperty(
                        "location",
                        text("A folder, .tar.gz, .tar or .zip: file:///path on the service's host, in a folder named in"
                                + " dartboard.datasets.folders, or s3://bucket/key; s3://bucket/prefix/ is all that lies below"
                                + " it, or the newest where nothing but archives does"))
                .addProperty(
                        "labels",
                        text("Which label of CIFAR-100 is learned; fine if left out")
                                .addEnumeration("fine")
                                .addEnumeration("coarse"))
                .addProperty("version", text("Its version; the first twelve digits of the digest if left out"))
                .required(List.of("name", "location"));
    }

    private static Schema publishedDataset() {
        return contract(DatasetPublished.class, Set.of())
                .addProperty(
                        "found",
                        object("What else the check has found")
                                .addProperty(
                                        "details", object("Examples of each class, how a search divides them, sizes"))
                                .addProperty("corrupt", count("Files that cannot be used"))
                                .addProperty("firstCorrupt", list(text("The first of them, each with the reason")))
                                .addProperty("passedOver", object("Files that are no part of the set, by the reason"))
                                .addProperty("lines", list(text("All of it, in lines for people"))));
    }

    private static Schema publishing() {
        return object("Empty while none is published")
                .addProperty("dataset", text("Name of the dataset"))
                .addProperty("activity", text("What is done"))
                .addProperty("done", count("How much of it, in bytes or files"))
                .addProperty("of", count("All of it, in the same unit; 0 where that is not known"));
    }

    static Schema count(String description) {
        return OASFactory.createSchema()
                .addType(SchemaType.INTEGER)
                .format("int64")
                .description(description);
    }

    private static Schema runFile() {
        var search = PresetSettings.search(Presets.SEARCH);
        return object("What is asked for. What is left out is the value of the section's preset, by default the"
                        + " paper's; the defaults shown are those on images, those on a text are in the presets"
                        + " darts-ptb-…")
                .addProperty("dataset", text("Name of a published dataset of any layout"))
                .addProperty("datasetVersion", text("Its version; the newest if left out"))
                .addProperty("genotype", genotype())
                .addProperty("space", space())
                .addProperty("method", method(search.getMethod()))
                .addProperty("parts", parts())
                .addProperty(
                        "seeds",
                        longs("One search each; %d if left out, and of method random %d"
                                .formatted(RunFile.SEARCHES, RunFile.RANDOM_SEARCHES)))
                .addProperty(
                        "search",
                        settings(search, Presets.SEARCH, RunFile.AT_TOP).addProperty(RunFile.START, start()))
                .addProperty(
                        "selection",
                        settings(PresetSettings.retraining(Presets.SELECTION), Presets.SELECTION, Set.of()))
                .addProperty(
                        "evaluation", settings(RunFile.evaluation(Presets.EVALUATION), Presets.EVALUATION, Set.of()))
                .addProperty(
                        "evaluationSeeds",
                        longs("One full retraining each; %d if left out".formatted(RunFile.EVALUATIONS)))
                .addProperty(
                        "seedBudget",
                        OASFactory.createSchema()
                                .addType(SchemaType.INTEGER)
                                .defaultValue(0)
                                .description(
                                        "Seeds that may be added for each cell while they do not tell which is better"))
                .addProperty(
                        "randomCells",
                        OASFactory.createSchema()
                                .addType(SchemaType.INTEGER)
                                .defaultValue(1)
                                .description(
                                        "Random cells, of which the best by the brief retraining is retrained as the baseline"))
                .addProperty(
                        "randomCellSeed",
                        OASFactory.createSchema()
                                .addType(SchemaType.INTEGER)
                                .format("int64")
                                .description(
                                        "Seed of the random cells; 0 if left out, of several a seed that follows from the"
                                                + " rest of the file"))
                .addProperty(
                        "transfer",
                        settings(PresetSettings.transfer(Presets.TRANSFER), Presets.TRANSFER, Set.of())
                                .addRequired("dataset"))
                .addProperty(
                        "ceilings",
                        object("What the networks of a cell may cost: a cell that is over one is not chosen")
                                .addProperty("evaluation", contract(Ceiling.class, Set.of()))
                                .addProperty("transfer", contract(Ceiling.class, Set.of())))
                .addProperty("requestedBy", text("Who asks; no part of the run's identity"))
                .addProperty("budget", usual(Budgets.NONE))
                .addProperty(
                        "priority",
                        text("Before which others the run's jobs are begun; no part of its identity")
                                .addEnumeration("low")
                                .addEnumeration("normal")
                                .addEnumeration("high")
                                .defaultValue("normal"))
                .addProperty(
                        "racing",
                        OASFactory.createSchema()
                                .addType(SchemaType.BOOLEAN)
                                .defaultValue(false)
                                .description(
                                        "Whether a brief retraining is stopped once it can no longer be the best, judged by"
                                                + " the curves of earlier ones under the same settings"))
                .addRequired("dataset");
    }

    private static Schema genotype() {
        var cell = text(("A cell to retrain instead of searching for one: %s; on a text %s; or a text that"
                        + " begins with Genotype(; of NAS-Bench-201 a text"
                        + " |op~0|+|op~0|op~1|+|op~0|op~1|op~2|")
                .formatted(
                        String.join(", ", NamedGenotype.names(CnnSpace.DARTS)),
                        String.join(", ", NamedGenotype.names(RecurrentSpace.DARTS))));
        return OASFactory.createSchema()
                .description("A cell, or several: each is retrained by the settings of the selection, and the best by"
                        + " validation goes on")
                .addAnyOf(cell)
                .addAnyOf(list(cell));
    }

    private static Schema method(String usual) {
        var method = text("Search method; that of the search's preset if left out; GET /v1/methods shows them")
                .defaultValue(usual);
        MethodSheet.all().forEach(each -> method.addEnumeration(each.name()));
        return method;
    }

    private static Schema parts() {
        var parts = object(
                "Parts in the place of the method's own, for example \"penalty\": \"beta-decay\"; none if left out");
        SearchParts.CHOICES.forEach(choice -> {
            var names = text("");
            choice.known().keySet().forEach(names::addEnumeration);
            parts.addProperty(choice.name(), names);
        });
        return parts;
    }

    private static Schema space() {
        var space = text("Search space; that of the search's preset, or the one for the dataset's task, if left out");
        SearchSpace.all().forEach(each -> space.addEnumeration(each.id()));
        return space;
    }

    private static Schema start() {
        var start = text("Network that the search begins with, by a method as dartopti; the space is that around it");
        KnownNetwork.all().forEach(each -> start.addEnumeration(each.name()));
        return start;
    }

    private static Schema orderFile() {
        return object("What shall be done whenever a dataset has a new version")
                .addProperty("order", text("Its name; the dataset's if left out"))
                .addProperty("dataset", text("Name of a published dataset"))
                .addProperty("policy", usual(OrderPolicy.newBuilder().build()))
                .addProperty("source", usual(WatchedSource.newBuilder().build()).addRequired("bucket"))
                .addProperty(
                        "schedule", usual(OrderSchedule.newBuilder().build()).addRequired("every"))
                .addProperty("run", OASFactory.createSchema().ref("RunFile"))
                .addProperty("requestedBy", text("Who orders"))
                .addRequired("dataset");
    }

    /** A contract with the values that count where one is left out. */
    private static Schema usual(SpecificRecordBase usual) {
        var schema = contract(usual.getClass(), Set.of());
        usual.getSchema().getFields().forEach(field -> Objects.requireNonNull(
                        schema.getProperties().get(field.name()))
                .setDefaultValue(usual.get(field.pos())));
        return schema;
    }

    private static Schema order() {
        var decision = contract(VersionDecided.class, Set.of()).addProperty("at", text("ISO 8601"));
        return object("A standing order, as far as its events tell")
                .addProperty("order", text("Its name"))
                .addProperty("dataset", text("Name of the dataset"))
                .addProperty(
                        "state",
                        text("").addEnumeration("ACTIVE")
                                .addEnumeration("PAUSED")
                                .addEnumeration("REMOVED"))
                .addProperty("reason", text("Why it is paused or removed"))
                .addProperty("policy", contract(OrderPolicy.class, Set.of()))
                .addProperty("source", contract(WatchedSource.class, Set.of()))
                .addProperty("schedule", contract(OrderSchedule.class, Set.of()))
                .addProperty("lastRead", contract(SourceRead.class, Set.of()).addProperty("at", text("ISO 8601")))
                .addProperty("runs", count("Runs that it has begun"))
                .addProperty("deviceSecondsSaved", OASFactory.createSchema().addType(SchemaType.NUMBER))
                .addProperty("lastDecision", decision)
                .addProperty("run", contract(RunRequested.class, Set.of()))
                .addProperty("decisions", list(decision));
    }

    private static Schema problem() {
        return object("A problem")
                .addProperty("type", text("What kind, for programs"))
                .addProperty("title", text("What kind, for people"))
                .addProperty(
                        "status",
                        OASFactory.createSchema().addType(SchemaType.INTEGER).description("HTTP status"))
                .addProperty("detail", text("One line: what, where, what to do"))
                .addProperty("instance", text("Path of the request"))
                .addProperty("faults", list(text("Where several things are wrong: each of them, in a line")));
    }

    /**
     * The fields of a settings contract, with the values of the usual preset as defaults; what only texts have stands beside
     * the others.
     */
    private static Schema settings(SpecificRecordBase paper, Preset usual, Set<String> except) {
        var schema = contract(paper.getClass(), except);
        var recurrent = Objects.requireNonNull(schema.getProperties().get(BoundSettings.RECURRENT));
        schema.removeProperty(BoundSettings.RECURRENT);
        recurrent.getProperties().forEach(schema::addProperty);
        var preset = text("Where the values come from that are left out; GET /v1/presets shows them")
                .defaultValue(usual.name());
        Presets.all().stream()
                .filter(each -> each.recipe() == usual.recipe())
                .forEach(each -> preset.addEnumeration(each.name()));
        schema.addProperty("preset", preset);
        for (var field : paper.getSchema().getFields()) {
            var property = schema.getProperties().get(field.name());
            if (property != null && !"".equals(paper.get(field.pos()))) {
                property.setDefaultValue(paper.get(field.pos()));
            }
        }
        return schema;
    }

    static Schema contract(Class<?> type, Set<String> except) {
        return contract(SpecificData.get().getSchema(type), except);
    }

    static Schema contract(org.apache.avro.Schema avro, Set<String> except) {
        var schema = object(Objects.requireNonNullElse(avro.getDoc(), ""));
        for (var field : avro.getFields()) {
            if (!except.contains(field.name())) {
                var property = of(field.schema());
                if (field.doc() != null) {
                    property.setDescription(field.doc());
                }
                schema.addProperty(field.name(), property);
            }
        }
        return schema;
    }

    private static Schema of(org.apache.avro.Schema avro) {
        return switch (avro.getType()) {
            case RECORD -> contract(avro, Set.of());
            case ARRAY -> list(of(avro.getElementType()));
            case MAP -> object("").additionalPropertiesSchema(of(avro.getValueType()));
            case UNION ->
                avro.getTypes().stream()
                        .filter(type -> type.getType() != org.apache.avro.Schema.Type.NULL)
                        .findFirst()
                        .map(ContractSchemas::of)
                        .orElseThrow();
            case ENUM -> {
                var values = text("");
                avro.getEnumSymbols().forEach(values::addEnumeration);
                yield values;
            }
            case INT -> OASFactory.createSchema().addType(SchemaType.INTEGER).format("int32");
            case LONG -> OASFactory.createSchema().addType(SchemaType.INTEGER).format("int64");
            case FLOAT, DOUBLE -> OASFactory.createSchema().addType(SchemaType.NUMBER);
            case BOOLEAN -> OASFactory.createSchema().addType(SchemaType.BOOLEAN);
            default -> OASFactory.createSchema().addType(SchemaType.STRING);
        };
    }

    static Schema object(String description) {
        return OASFactory.createSchema().addType(SchemaType.OBJECT).description(description);
    }

    static Schema text(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }

    private static Schema longs(String description) {
        return list(OASFactory.createSchema().addType(SchemaType.INTEGER).format("int64"))
                .description(description);
    }

    private static Schema listOf(String schema) {
        return list(OASFactory.createSchema().ref(schema));
    }

    static Schema list(Schema items) {
        return OASFactory.createSchema().addType(SchemaType.ARRAY).items(items);
    }
}
