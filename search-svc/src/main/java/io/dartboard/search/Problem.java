package io.dartboard.search;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a request was not met, as RFC 9457 has it.
 *
 * @param type what kind of problem, for programs
 * @param title the same for people
 * @param status HTTP status
 * @param detail one line: what, where, what to do
 * @param instance path of the request
 */
@Schema(description = "Why a request was not met (RFC 9457). Clients show detail.")
public record Problem(
        @Schema(examples = "urn:dartboard:problem:impossible")
        String type,

        @Schema(examples = "Cannot be met as it is") String title,
        @Schema(examples = "422") int status,

        @Schema(
                description = "One line: what, where, what to do",
                examples = "search: cells must be at least 3 so that a normal cell exists to be searched (was 2)")
        String detail,

        @Schema(examples = "/v1/runs") String instance) {
    /** Media type of a problem. */
    static final String MEDIA_TYPE = "application/problem+json";

    /** The kinds that the service itself finds. */
    enum Kind {
        MALFORMED(400, "The request cannot be understood"),
        UNKNOWN(404, "There is no such thing"),
        CONFLICT(409, "It is too late, or taken"),
        IMPOSSIBLE(422, "Cannot be met as it is"),
        AWAY(503, "Something that is needed is away");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        int status() {
            return status;
        }

        Problem problem(String detail, String instance) {
            return new Problem(
                    "urn:dartboard:problem:" + name().toLowerCase(java.util.Locale.ROOT),
                    title,
                    status,
                    detail,
                    instance);
        }
    }
}
