package io.dartboard.search.rest;

import static io.dartboard.search.rest.ContractSchemas.contract;
import static io.dartboard.search.rest.ContractSchemas.count;
import static io.dartboard.search.rest.ContractSchemas.list;
import static io.dartboard.search.rest.ContractSchemas.object;
import static io.dartboard.search.rest.ContractSchemas.text;

import io.dartboard.events.ArtifactRef;
import io.dartboard.events.Candidate;
import io.dartboard.events.Comparison;
import io.dartboard.events.EvidenceWanted;
import io.dartboard.events.JobFailed;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.PassedOver;
import io.dartboard.events.RetrainingReused;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunBudget;
import io.dartboard.events.RunBudgetSpent;
import io.dartboard.events.RunPriority;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Scores;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.Stage;
import io.dartboard.events.Standing;
import io.dartboard.events.Verdict;
import io.dartboard.pipeline.view.RunState;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Describes what {@code RunJson} writes of a run, field by field; a test holds it against answers. Fields of both measures
 * are described, of which a run has those of its own.
 */
final class RunSchemas {
    private RunSchemas() {}

    static Schema run() {
        return object("A run, as far as its events tell. What is not known yet is absent")
                .addProperty("run", text("Its id").addExample("r0a1b2c3d4e5"))
                .addProperty(
                        "state", words("Where it stands", RunState.values()).addExample("RUNNING"))
                .addProperty("reason", text("Why it failed, is paused or cancelled, in one line"))
                .addProperty("since", text("When it came to stand there, ISO 8601"))
                .addProperty("requestEpoch", whole("How often it has been asked for"))
                .addProperty("budget", contract(RunBudget.class, Set.of()))
                .addProperty("spent", contract(RunBudgetSpent.class, Set.of()))
                .addProperty("priority", words("Before which others its jobs are begun", RunPriority.values()))
                .addProperty("dataset", text("Name of the dataset"))
                .addProperty("datasetVersion", text("Its version"))
                .addProperty("requestedAt", text("ISO 8601"))
                .addProperty("finishedAt", text("ISO 8601"))
                .addProperty(
                        "given",
                        text(
                                "The cell that the run was given instead of searching, by name or text; of several, their names"))
                .addProperty("stages", list(stage()))
                .addProperty("finishing", list(text("A stage that makes the best of what it has")))
                .addProperty("measure", words("By what its cells are judged", Measure.values()))
                .addProperty("unigramPerplexity", number("Perplexity of guessing each word by its frequency"))
                .addProperty("chosen", evaluated("The chosen or the given cell"))
                .addProperty("random", evaluated("The random cell under the same budget"))
                .addProperty("champion", evaluated("The champion's cell, evaluated like these to be compared with"))
                .addProperty(
                        "verdict",
                        words("What the run came to", Verdict.values()).addExample("PROMOTED"))
                .addProperty("request", contract(RunRequested.class, Set.of()))
                .addProperty("searches", list(search()))
                .addProperty("selection", selection())
                .addProperty("baseline", baseline())
                .addProperty("retrainings", list(retraining()))
                .addProperty("reused", list(contract(RetrainingReused.class, Set.of())))
                .addProperty("stopped", list(contract(RetrainingStopped.class, Set.of())))
                .addProperty("evidence", contract(EvidenceWanted.class, Set.of()))
                .addProperty("transfer", transfer())
                .addProperty("decision", decision())
                .addProperty("live", list(live()))
                .addProperty("failures", list(contract(JobFailed.class, Set.of())));
    }

    static Schema champion() {
        return object("The champion of a dataset")
                .addProperty("dataset", text("Name of the dataset"))
                .addProperty("datasetVersion", text("Its version"))
                .addProperty("decidedBy", text("The run whose verdict names it last"))
                .addProperty("champion", contract(Standing.class, Set.of()))
                .addProperty("reasons", list(text("Of that verdict, with the numbers")))
                .addProperty(
                        "pack",
                        contract(ArtifactRef.class, Set.of())
                                .description("All that its promotion rests on, in one file; there once it is written,"
                                        + " and where one champion is asked for"));
    }

    private static Schema stage() {
        return object("How far a stage is")
                .addProperty(
                        "stage",
                        text("search, selection, evaluation or transfer").addExample("search"))
                .addProperty("done", whole("Jobs that have their result"))
                .addProperty("total", whole("Jobs that it will have, as far as is known"))
                .addProperty("fraction", number("Share of its work that is done, 0 to 1"))
                .addProperty("deviceSeconds", number("Device time so far, interrupted and lost work included"));
    }

    private static Schema evaluated(String what) {
        return object(what + ": mean and standard deviation over the seeds of the full retraining")
                .addProperty("genotype", text("The cell"))
                .addProperty("hash", text("Hash of its canonical form"))
                .addProperty("parameters", count("Parameters of the network"))
                .addProperty("multiplyAdds", count("Multiply-adds of one example"))
                .addProperty("seeds", list(count("Seed of a retraining")))
                .addProperty("meanErrorPercent", number("Mean test error"))
                .addProperty("sdErrorPercent", number("Its standard deviation"))
                .addProperty("errorsPercent", list(number("Test error of a seed")))
                .addProperty("meanPerplexity", number("Mean test perplexity"))
                .addProperty("sdPerplexity", number("Its standard deviation"))
                .addProperty("perplexities", list(number("Test perplexity of a seed")))
                .addProperty("validation", contract(Scores.class, Set.of()));
    }

    private static Schema search() {
        return oneSearch("A search")
                .addProperty("successor", oneSearch("The search that was made in its place, likewise"));
    }

    private static Schema oneSearch(String what) {
        return object(what)
                .addProperty("search", text("Its id, which is that of its job; empty while the dataset is unknown"))
                .addProperty("seed", count("Its seed"))
                .addProperty("epochs", whole("Epochs that it will have"))
                .addProperty("epochsDone", whole("Epochs that it has had"))
                .addProperty("finished", bool("True once its last cell is derived"))
                .addProperty("deviceSeconds", number("Device time behind its newest checkpoint"))
                .addProperty("genotype", text("The newest cell"))
                .addProperty("hash", text("Hash of its canonical form"))
                .addProperty("moved", number("How far the network has moved since the epoch before"))
                .addProperty(
                        "fromStart",
                        number(
                                "How far it lies from the known network that the search began with, if it began with one"))
                .addProperty("steered", list(contract(SearchSteered.class, Set.of())))
                .addProperty(
                        "relaunched",
                        object("That it was made anew with a remedy")
                                .addProperty("remedy", text("What was done about it"))
                                .addProperty("change", text("What that changed"))
                                .addProperty("number", whole("The how manieth time")))
                .addProperty("checkpoint", contract(ArtifactRef.class, Set.of()))
                .addProperty(
                        "checkpoints",
                        list(object("An epoch")
                                .addProperty("epoch", whole("From 1"))
                                .addProperty("attempt", whole("The attempt that told it"))
                                .addProperty("trainLoss", number("In nats"))
                                .addProperty("validLoss", number("In nats"))
                                .addProperty("trainAccuracy", number("Share of 1"))
                                .addProperty("validAccuracy", number("Share of 1"))
                                .addProperty("trainPerplexity", number("Of the supernet"))
                                .addProperty("validPerplexity", number("Of the supernet"))
                                .addProperty(
                                        "indicators",
                                        object("Signs of its health by name, as entropy.normal")
                                                .additionalPropertiesSchema(number("A sign")))));
    }

    private static Schema selection() {
        return object("The choice among the searches' cells, or those that the run names")
                .addProperty("search", text("The search whose cell was chosen; empty of one that the run names"))
                .addProperty("genotype", text("The cell"))
                .addProperty("hash", text("Hash of its canonical form"))
                .addProperty("reason", text("Why, in one line"))
                .addProperty("candidates", list(contract(Candidate.class, Set.of())))
                .addProperty("passedOver", list(contract(PassedOver.class, Set.of())));
    }

    private static Schema baseline() {
        return object("The choice among several random cells, by the brief retraining")
                .addProperty("genotype", text("The cell that the run's own is compared with"))
                .addProperty("hash", text("Hash of its canonical form"))
                .addProperty("reason", text("Why, in one line"))
                .addProperty("candidates", list(contract(Candidate.class, Set.of())))
                .addProperty("passedOver", list(contract(PassedOver.class, Set.of())));
    }

    private static Schema retraining() {
        return trained(object("A retraining with one seed"))
                .addProperty("stage", words("SELECTION or FULL", Stage.values()))
                .addProperty("origin", words("Where its cell is from", Origin.values()))
                .addProperty("hash", text("Hash of its cell"))
                .addProperty("seed", count("Its seed"))
                .addProperty("errorPercent", number("Error: of selection on validation, else on test examples"));
    }

    private static Schema transfer() {
        return trained(object("The result on the larger task"))
                .addProperty("dataset", text("Name of its dataset"))
                .addProperty("datasetVersion", text("Its version"))
                .addProperty("parameters", count("Parameters of the network"))
                .addProperty("multiplyAdds", count("Multiply-adds of one example"))
                .addProperty("unigramPerplexity", number("Perplexity of guessing each word by its frequency"))
                .addProperty("top1ErrorPercent", number("Error of the first guess"))
                .addProperty("top5ErrorPercent", number("Share of examples that none of five guesses meets"))
                .addProperty("corruptImages", whole("Images that could not be decoded"));
    }

    private static Schema trained(Schema into) {
        return into.addProperty("job", text("Its id"))
                .addProperty("deviceSeconds", number("Device time of the attempts that its result rests on"))
                .addProperty("finishedEarly", bool("There, and true, where it was told to finish"))
                .addProperty("perplexity", number("On the test text"))
                .addProperty("validPerplexity", number("On the validation text"))
                .addProperty("weights", contract(ArtifactRef.class, Set.of()))
                .addProperty(
                        "curve",
                        list(object("An epoch")
                                .addProperty("epoch", whole("From 1"))
                                .addProperty("trainLoss", number("In nats"))
                                .addProperty("heldOutLoss", number("In nats"))
                                .addProperty("trainAccuracy", number("Share of 1"))
                                .addProperty("heldOutAccuracy", number("Share of 1"))
                                .addProperty("trainPerplexity", number("On the training text"))
                                .addProperty("heldOutPerplexity", number("On the held-out text"))));
    }

    private static Schema decision() {
        return object("The verdict with its numbers")
                .addProperty("verdict", words("What it is", Verdict.values()))
                .addProperty("reasons", list(text("One line each")))
                .addProperty("comparisons", list(contract(Comparison.class, Set.of())))
                .addProperty("seedsToDecide", whole("Seeds that would probably decide; there where these did not"))
                .addProperty("challenger", contract(Standing.class, Set.of()))
                .addProperty("random", contract(Standing.class, Set.of()))
                .addProperty("previous", contract(Standing.class, Set.of()))
                .addProperty("champion", contract(Standing.class, Set.of()));
    }

    private static Schema live() {
        return contract(JobProgressed.class, Set.of())
                .description("The newest word on a job that has no result yet")
                .addProperty("heardAt", text("When its worker told it last, ISO 8601; it does every ten seconds"))
                .addProperty("movedAt", text("When the job last came further, ISO 8601"));
    }

    private static Schema words(String description, Enum<?>[] values) {
        var schema = text(description);
        for (var value : values) {
            schema.addEnumeration(value.name());
        }
        return schema;
    }

    private static Schema whole(String description) {
        return OASFactory.createSchema()
                .addType(SchemaType.INTEGER)
                .format("int32")
                .description(description);
    }

    private static Schema number(String description) {
        return OASFactory.createSchema().addType(SchemaType.NUMBER).description(description);
    }

    private static Schema bool(String description) {
        return OASFactory.createSchema().addType(SchemaType.BOOLEAN).description(description);
    }
}
