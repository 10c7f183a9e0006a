package io.dartboard.search.rest;

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

    ChampionsResource(RunDesk desk) {
        this.desk = desk;
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
    @Operation(summary = "Show the champion of a dataset", description = "Its cell, and by what it stands.")
    @APIResponse(
            responseCode = "200",
            description = "The champion",
            content = @Content(schema = @Schema(ref = "Champion")))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response show(@PathParam("dataset") String dataset) {
        return Response.ok(desk.champion(dataset).toString()).build();
    }
}
