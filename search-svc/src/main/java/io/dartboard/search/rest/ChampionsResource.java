package io.dartboard.search.rest;

import io.dartboard.pipeline.evidence.EvidenceShelf;
import io.dartboard.pipeline.view.RunJson;
import io.dartboard.search.body.Json;
import io.dartboard.search.request.RunDesk;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Champions: the promoted cell of each dataset. */
@Path("/v1/champions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Champions", description = "The promoted cell of each dataset")
public class ChampionsResource {
    private final RunDesk desk;
    private final EvidenceShelf shelf;

    ChampionsResource(RunDesk desk, EvidenceShelf shelf) {
        this.desk = desk;
        this.shelf = shelf;
    }

    @GET
    @Operation(summary = "List champions", description = "One for each dataset that has one, by name of the dataset.")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(schema = @Schema(ref = "Champions")))
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response list() {
        return Response.ok(Json.list("champions", desk.champions())).build();
    }

    @GET
    @Path("/{dataset}")
    @Operation(
            summary = "Show the champion of a dataset",
            description = "Its cell, by what it stands, and where the pack of its evidence lies once it is written.")
    @APIResponse(
            responseCode = "200",
            description = "The champion",
            content = @Content(schema = @Schema(ref = "Champion")))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response show(@PathParam("dataset") String dataset) {
        var champion = desk.champion(dataset);
        shelf.find(champion.path("champion").path("run").asText())
                .ifPresent(pack -> champion.set("pack", RunJson.artifact(pack)));
        return Response.ok(champion.toString()).build();
    }
}
