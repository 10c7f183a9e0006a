package io.dartboard.search.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dartboard.search.body.Problem;
import io.dartboard.search.body.Refused;
import io.dartboard.search.event.TriggerMeters;
import io.dartboard.search.source.Notifications;
import io.dartboard.search.source.WebhookToken;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where a store says that objects have changed. */
@Path("/v1/notifications")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Notifications", description = "Where a store says that objects have changed")
public class NotificationsResource {
    private final Notifications notifications;
    private final WebhookToken token;

    NotificationsResource(Notifications notifications, WebhookToken token) {
        this.notifications = notifications;
        this.token = token;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Tell that objects have changed",
            description =
                    "An event message of S3, as AWS, MinIO and others send it, or one of EventBridge. The prefixes that"
                            + " standing orders watch are looked at sooner; what is there decides and not the message, so one that is"
                            + " lost, late or sent twice does no harm.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(ref = "Notification"),
                            examples = @ExampleObject(name = "an object was written", value = """
                                                {"Records": [{"eventName": "s3:ObjectCreated:Put",
                                                  "s3": {"bucket": {"name": "data"},
                                                         "object": {"key": "incoming/shapes/train.tar.gz"}}}]}""")))
    @APIResponse(
            responseCode = "202",
            description = "It is taken",
            content = @Content(schema = @Schema(ref = "Notified")))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(
            responseCode = "401",
            description = "The token is missing or another, where one is configured",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "ProblemDetail")))
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response take(
            @Parameter(description = "Bearer and the token, where one is configured")
                    @HeaderParam("Authorization")
                    @DefaultValue("")
                    String authorization,
            String body) {
        token.require(authorization);
        try {
            return Response.accepted(JsonNodeFactory.instance
                            .objectNode()
                            .put("watching", notifications.take(TriggerMeters.Way.WEBHOOK, body))
                            .toString())
                    .build();
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.Kind.MALFORMED, "the body is no notification, " + e.getMessage(), e);
        }
    }
}
