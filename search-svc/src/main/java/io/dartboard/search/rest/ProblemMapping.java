package io.dartboard.search.rest;

import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.search.body.Problem;
import io.dartboard.search.body.Refused;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.KafkaException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a {@link Problem} of whatever goes wrong in a request. What nobody foresaw is logged and not shown. */
public final class ProblemMapping {
    private static final int LONGEST_PATH = 200;

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapping.class);

    @ServerExceptionMapper
    Response refused(Refused refused, UriInfo uri) {
        return answer(refused.kind()
                .problem(refused.getMessage(), path(uri), refused.faults().size() > 1 ? refused.faults() : List.of()));
    }

    @ServerExceptionMapper
    Response storeAway(StoreUnavailable away, UriInfo uri) {
        return answer(Problem.Kind.AWAY.problem(String.valueOf(away.getMessage()), path(uri)));
    }

    @ServerExceptionMapper
    Response kafkaAway(KafkaException away, UriInfo uri) {
        return answer(Problem.Kind.AWAY.problem("Kafka: " + away.getMessage(), path(uri)));
    }

    /** What the REST layer itself finds: no such path, method or media type. */
    @ServerExceptionMapper
    Response web(WebApplicationException e, UriInfo uri) {
        var status = e.getResponse().getStatusInfo();
        var detail =
                switch (status.getStatusCode()) {
                    case 404 -> "there is nothing at %s; see /q/openapi".formatted(path(uri));
                    case 405 -> "this method is not for %s; see /q/openapi".formatted(path(uri));
                    case 406 -> "only application/json can be had";
                    case 415 -> "send the body as application/json (header Content-Type)";
                    default -> String.valueOf(e.getMessage());
                };
        return answer(new Problem(
                "urn:dartboard:problem:"
                        + status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-'),
                status.getReasonPhrase(),
                status.getStatusCode(),
                detail,
                path(uri)));
    }

    @ServerExceptionMapper
    Response unforeseen(Exception e, UriInfo uri) {
        LOG.error("a request to {} failed", path(uri), e);
        return answer(new Problem(
                "urn:dartboard:problem:fault",
                "A fault of the service",
                500,
                "the service could not do it (%s); its log says more"
                        .formatted(e.getClass().getSimpleName()),
                path(uri)));
    }

    private static Response answer(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }

    private static String path(UriInfo uri) {
        // As it was sent, so that no control character comes back, and no endless name.
        var sent = uri.getRequestUri().getRawPath();
        return sent.length() <= LONGEST_PATH ? sent : sent.substring(0, LONGEST_PATH) + "…";
    }
}
