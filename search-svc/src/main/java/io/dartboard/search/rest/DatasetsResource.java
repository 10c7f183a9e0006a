package io.dartboard.search.rest;

import io.dartboard.search.body.Json;
import io.dartboard.search.body.Problem;
import io.dartboard.search.body.Refused;
import io.dartboard.search.dataset.DatasetPublisher;
import io.dartboard.search.dataset.DatasetRequest;
import io.dartboard.search.event.EventLog;
import io.dartboard.search.event.TriggerMeters;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What there is to search on. */
@Path("/v1/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Datasets", description = "What there is to search on and to transfer to")
public class DatasetsResource {
    private final DatasetPublisher publisher;
    private final EventLog log;
    private final TriggerMeters meters;

    DatasetsResource(DatasetPublisher publisher, EventLog log, TriggerMeters meters) {
        this.publisher = publisher;
        this.log = log;
        this.meters = meters;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Publish a dataset",
            description = "Reads and checks the whole dataset, packs what is used of it, stores the archive under"
                    + " datasets/<name>/<version>/ and tells DatasetPublished. Doing it again changes nothing. The version"
                    + " is the first twelve digits of the content's digest unless one is named. The answer tells under"
                    + " found what was passed over, and why.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(ref = "DatasetRequest"),
                            examples = {
                                @ExampleObject(name = "CIFAR-100 by its coarse classes", value = """
                                                {"name": "cifar100", "labels": "coarse",
                                                 "location": "file:///data/cifar-100-binary.tar.gz"}"""),
                                @ExampleObject(name = "CIFAR-10", value = """
                                                {"name": "cifar10", "layout": "cifar-binary",
                                                 "location": "file:///data/cifar-10-binary.tar.gz"}"""),
                                @ExampleObject(name = "image folder in the store", value = """
                                                {"name": "scenes", "layout": "image-folder", "version": "1",
                                                 "location": "s3://nas/incoming/scenes.tar.gz"}"""),
                                @ExampleObject(name = "Penn Treebank", value = """
                                                {"name": "ptb", "layout": "token-corpus",
                                                 "location": "file:///data/ptb"}""")
                            }))
    @APIResponse(
            responseCode = "201",
            description = "It is published",
            content = @Content(schema = @Schema(ref = "PublishedDataset")))
    @APIResponse(
            responseCode = "200",
            description = "It was published before",
            content = @Content(schema = @Schema(ref = "PublishedDataset")))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(
            responseCode = "409",
            description = "This version is published with another content, or the files changed while they were read",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "ProblemDetail")))
    @APIResponse(
            responseCode = "422",
            description =
                    "The location cannot be read or is not allowed, or what lies there is no dataset of the layout",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "ProblemDetail")))
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response publish(String body) {
        DatasetPublisher.Published published;
        try {
            published = publisher.publish(DatasetRequest.read(body));
        } catch (Refused refused) {
            meters.refused(TriggerMeters.Source.REST);
            throw refused;
        }
        meters.published(TriggerMeters.Source.REST, published.news());
        return Response.status(published.news() ? Response.Status.CREATED : Response.Status.OK)
                .entity(published.json().toString())
                .build();
    }

    @GET
    @Path("/publishing")
    @Operation(
            summary = "How far the dataset is that is being published",
            description =
                    "Its name, what is done, and how much of it, in bytes or files; 0 where the whole is not known."
                            + " Empty while none is published.")
    @APIResponse(
            responseCode = "200",
            description = "What is done now",
            content = @Content(schema = @Schema(ref = "Publishing")))
    public Response publishing() {
        return Response.ok(Json.orEmpty(publisher.progress().now())).build();
    }

    @GET
    @Operation(summary = "List datasets", description = "Every version of every dataset, in the order of publication.")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(schema = @Schema(ref = "Datasets")))
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response list() {
        return Response.ok(Json.list("datasets", log.now().datasets())).build();
    }
}
