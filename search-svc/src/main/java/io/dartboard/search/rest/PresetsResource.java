package io.dartboard.search.rest;

import io.dartboard.nas.preset.Presets;
import io.dartboard.search.body.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Presets: the papers' recipes by name. */
@Path("/v1/presets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Presets", description = "A preset is a paper's recipe; a section of a run's file may name one")
public class PresetsResource {

    @GET
    @Operation(summary = "List presets", description = "Each with its source and every value.")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(schema = @Schema(ref = "Presets")))
    public Response list() {
        return Response.ok(Json.list("presets", Presets.all())).build();
    }
}
