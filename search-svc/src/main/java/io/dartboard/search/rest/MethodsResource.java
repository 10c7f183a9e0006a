package io.dartboard.search.rest;

import io.dartboard.nas.preset.MethodSheet;
import io.dartboard.nas.preset.PartSheet;
import io.dartboard.search.body.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Search methods: published ones as compositions of parts. */
@Path("/v1/methods")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Methods", description = "A search method is a composition of parts; a run's file names one")
public class MethodsResource {

    @GET
    @Operation(
            summary = "List search methods",
            description =
                    "Each with its source, its parts, and the parameters of these that a run's file may give; and all parts, which"
                            + " a run's file may put in the place of a method's own.")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(schema = @Schema(ref = "Methods")))
    public Response list() {
        return Response.ok(Json.lists(Map.of("methods", MethodSheet.all(), "parts", PartSheet.all())))
                .build();
    }
}
