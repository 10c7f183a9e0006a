package io.dartboard.search.rest;

import io.dartboard.search.body.Json;
import io.dartboard.search.order.OrderDesk;
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

/** Standing orders: what is done, without anybody watching, when a dataset has a new version. */
@Path("/v1/orders")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders", description = "A standing order questions a dataset's champion whenever new data come")
public class OrdersResource {
    private final OrderDesk desk;

    OrdersResource(OrderDesk desk) {
        this.desk = desk;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Place a standing order, or change it",
            description =
                    "It begins with the newest version of its dataset. Every value but dataset is optional. run is a run"
                            + " file without a dataset; the whole is checked against the newest version before anything starts.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(ref = "OrderFile"),
                            examples = @ExampleObject(name = "question the champion of cifar10", value = """
                                                {"dataset": "cifar10",
                                                 "policy": {"measureSeeds": 3, "marginPoints": 0.5, "searchEvery": 20,
                                                            "debounceSeconds": 600, "deviceSecondsPerMonth": 360000},
                                                 "run": {"seeds": [0, 1], "search": {"epochs": 50}}}""")))
    @APIResponse(
            responseCode = "201",
            description = "It is placed",
            content = @Content(schema = @Schema(ref = "Order")))
    @APIResponse(
            responseCode = "200",
            description = "It replaces the one of this name",
            content = @Content(schema = @Schema(ref = "Order")))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    @APIResponse(responseCode = "422", ref = "Problem")
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response place(String body) {
        var answer = desk.place(body);
        return Response.status(answer.isNew() ? Response.Status.CREATED : Response.Status.OK)
                .location(URI.create("/v1/orders/" + answer.order()))
                .entity(answer.view().toString())
                .build();
    }

    @GET
    @Operation(summary = "List orders", description = "Those that were not removed, with their last decision.")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(schema = @Schema(ref = "Orders")))
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response list() {
        return Response.ok(Json.list("orders", desk.list())).build();
    }

    @GET
    @Path("{order}")
    @Operation(
            summary = "Show an order",
            description =
                    "Policy, what a search asks for, and every decision with its numbers, its reasons, the runs that it"
                            + " began and the device seconds spent and saved.")
    @APIResponse(responseCode = "200", description = "The order", content = @Content(schema = @Schema(ref = "Order")))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response show(@Parameter(description = "The order's name") @PathParam("order") String order) {
        return Response.ok(desk.show(order).toString()).build();
    }

    @POST
    @Path("{order}/pause")
    @Operation(summary = "Pause an order", description = "It begins nothing more; what it has begun goes on.")
    @APIResponse(responseCode = "202", description = "It pauses", content = @Content(schema = @Schema(ref = "Order")))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response pause(
            @PathParam("order") String order,
            @Parameter(description = "Why, one line") @QueryParam("reason") @DefaultValue("") String reason) {
        return Response.accepted(desk.pause(order, reason).toString()).build();
    }

    @POST
    @Path("{order}/resume")
    @Operation(summary = "Resume a paused order", description = "It goes on with the newest version.")
    @APIResponse(responseCode = "202", description = "It goes on", content = @Content(schema = @Schema(ref = "Order")))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response resume(@PathParam("order") String order) {
        return Response.accepted(desk.resume(order).toString()).build();
    }

    @POST
    @Path("{order}/search")
    @Operation(
            summary = "Search on the newest version now",
            description = "Whatever the policy says, as soon as nothing that the order has begun is going on.")
    @APIResponse(responseCode = "202", description = "It searches", content = @Content(schema = @Schema(ref = "Order")))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response search(@PathParam("order") String order) {
        return Response.accepted(desk.search(order).toString()).build();
    }

    @DELETE
    @Path("{order}")
    @Operation(summary = "Remove an order", description = "It begins nothing more; its runs and decisions stay.")
    @APIResponse(responseCode = "202", description = "It ends", content = @Content(schema = @Schema(ref = "Order")))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response remove(
            @PathParam("order") String order,
            @Parameter(description = "Why, one line") @QueryParam("reason") @DefaultValue("") String reason) {
        return Response.accepted(desk.remove(order, reason).toString()).build();
    }
}
