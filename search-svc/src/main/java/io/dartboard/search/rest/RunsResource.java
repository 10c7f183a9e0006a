package io.dartboard.search.rest;

import io.dartboard.search.body.Json;
import io.dartboard.search.body.Problem;
import io.dartboard.search.request.RunDesk;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Runs: each asks for one architecture. */
@Path("/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs", description = "A run asks for one architecture and ends with a verdict")
public class RunsResource {
    private final RunDesk desk;

    RunsResource(RunDesk desk) {
        this.desk = desk;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Ask for a run",
            description =
                    "Every value but dataset is optional; what is left out is the paper's. The whole file is checked"
                            + " before anything starts. The same file names the same run: asking again joins it, or begins it"
                            + " again where it failed or was cancelled, keeping what is done. A run that is joined keeps its own budget"
                            + " and priority.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(ref = "RunFile"),
                            examples = {
                                @ExampleObject(name = "the paper's search", value = "{\"dataset\": \"cifar10\"}"),
                                @ExampleObject(name = "a small one", value = """
                                                {"dataset": "shapes", "seeds": [0, 1],
                                                 "search": {"cells": 5, "channels": 8, "epochs": 3, "images": 2000},
                                                 "selection": {"cells": 5, "channels": 8, "epochs": 2},
                                                 "evaluation": {"cells": 8, "channels": 16, "epochs": 5},
                                                 "evaluationSeeds": [0, 1, 2],
                                                 "transfer": {"dataset": "scenes", "resolution": 64, "auxiliaryWeight": 0,
                                                              "cells": 6, "channels": 16, "epochs": 3}}""")
                            }))
    @APIResponse(responseCode = "202", description = "It begins", content = @Content(schema = @Schema(ref = "Run")))
    @APIResponse(
            responseCode = "200",
            description = "It was asked for before and is joined",
            content = @Content(schema = @Schema(ref = "Run")))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(
            responseCode = "422",
            description =
                    "It means something that cannot be done: an unknown dataset, space or method, numbers out of range, a network too deep or over a ceiling. faults names each",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "ProblemDetail")))
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response request(String body) {
        var answer = desk.request(body);
        return Response.status(answer.begins() ? Response.Status.ACCEPTED : Response.Status.OK)
                .location(URI.create("/v1/runs/" + answer.run()))
                .entity(answer.view().toString())
                .build();
    }

    @GET
    @Operation(summary = "List runs", description = "The newest first, one summary each.")
    @APIResponse(responseCode = "200", description = "All of them", content = @Content(schema = @Schema(ref = "Runs")))
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response list() {
        return Response.ok(Json.list("runs", desk.list())).build();
    }

    @GET
    @Path("{run}")
    @Operation(
            summary = "Show a run",
            description = "All that is known of it: request, searches with their checkpoints and genotypes, selection,"
                    + " evaluations, transfer, verdict, live jobs and failures. Every number comes from the events.")
    @APIResponse(responseCode = "200", description = "The run", content = @Content(schema = @Schema(ref = "Run")))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response show(
            @Parameter(description = "The run's id, or how it begins", example = "r0a1b2c3d4e5") @PathParam("run")
                    String run) {
        return Response.ok(desk.show(run).toString()).build();
    }

    @DELETE
    @Path("{run}")
    @Operation(
            summary = "Cancel a run",
            description = "Its running jobs stop within one step. Jobs that another run needs go on for that one.")
    @APIResponse(responseCode = "202", description = "It ends", content = @Content(schema = @Schema(ref = "Run")))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(
            responseCode = "409",
            description = "It has ended",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "ProblemDetail")))
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response cancel(
            @PathParam("run") String run,
            @Parameter(description = "Why, one line") @QueryParam("reason") @DefaultValue("") String reason) {
        return Response.accepted(desk.cancel(run, reason).toString()).build();
    }

    @POST
    @Path("{run}/finish")
    @Operation(
            summary = "Finish a stage of a run now",
            description =
                    "Its searches end and their cells are derived from the alphas of their last epoch; retrainings and"
                            + " transfers end, are judged by their own rule and told as finished early. A job that has no epoch"
                            + " behind it ends with its first, and one that another run wants in full goes on. Then the run goes on"
                            + " with its next stage. It cannot be taken back in this request epoch.")
    @APIResponse(responseCode = "202", description = "It finishes", content = @Content(schema = @Schema(ref = "Run")))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(
            responseCode = "409",
            description =
                    "It has ended or is ending, every stage is complete, or the stage has nothing yet that could be judged",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "ProblemDetail")))
    @APIResponse(
            responseCode = "422",
            description = "It has no stage of this name",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "ProblemDetail")))
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response finish(
            @PathParam("run") String run,
            @Parameter(description = "search, selection, evaluation or transfer; the one that it is at if left out")
                    @QueryParam("stage")
                    @DefaultValue("")
                    String stage,
            @Parameter(description = "Why, one line") @QueryParam("reason") @DefaultValue("") String reason) {
        return Response.accepted(desk.finish(run, stage, reason).toString()).build();
    }

    @POST
    @Path("{run}/pause")
    @Operation(
            summary = "Pause a run",
            description = "Its running jobs write a checkpoint within one step and free the device; none starts.")
    @APIResponse(responseCode = "202", description = "It pauses", content = @Content(schema = @Schema(ref = "Run")))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(
            responseCode = "409",
            description = "It has ended, is ending or cannot go on",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "ProblemDetail")))
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response pause(
            @PathParam("run") String run,
            @Parameter(description = "Why, one line") @QueryParam("reason") @DefaultValue("") String reason) {
        return Response.accepted(desk.pause(run, reason).toString()).build();
    }

    @POST
    @Path("{run}/resume")
    @Operation(summary = "Resume a paused run", description = "Its jobs go on from their checkpoints.")
    @APIResponse(responseCode = "202", description = "It goes on", content = @Content(schema = @Schema(ref = "Run")))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(
            responseCode = "409",
            description = "It is not paused, or is for its budget, which has to be raised",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "ProblemDetail")))
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response resume(@PathParam("run") String run) {
        return Response.accepted(desk.resume(run).toString()).build();
    }

    @POST
    @Path("{run}/budget")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Change a run's budget",
            description =
                    "What the run may cost in all, what it has cost included; 0 sets no limit, and what is left out stays as it"
                            + " is. A run that has spent its budget is paused with its checkpoints and goes on once it has more.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(ref = "Budget"),
                            examples = @ExampleObject(name = "two device hours", value = "{\"deviceSeconds\": 7200}")))
    @APIResponse(responseCode = "202", description = "It has that", content = @Content(schema = @Schema(ref = "Run")))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(
            responseCode = "409",
            description = "It has ended",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "ProblemDetail")))
    @APIResponse(
            responseCode = "422",
            description = "A number is below 0, or it is in money and no price is known",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "ProblemDetail")))
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response budget(@PathParam("run") String run, String body) {
        return Response.accepted(desk.budget(run, body).toString()).build();
    }
}
