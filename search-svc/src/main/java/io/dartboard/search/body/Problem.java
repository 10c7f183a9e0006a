package io.dartboard.search.body;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;

/**
 * Why a request was not met, as RFC 9457 has it.
 *
 * @param type what kind of problem, for programs
 * @param title the same for people
 * @param status HTTP status
 * @param detail one line: what, where, what to do
 * @param instance path of the request
 * @param faults where several things are wrong, each in a line; else empty and left out
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> faults) {
    public Problem {
        faults = List.copyOf(faults);
    }

    /** One that has nothing to list. */
    public Problem(String type, String title, int status, String detail, String instance) {
        this(type, title, status, detail, instance, List.of());
    }

    /** Media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The kinds that the service itself finds. */
    public enum Kind {
        MALFORMED(400, "The request cannot be understood"),
        UNAUTHORIZED(401, "Whoever asks has to say who it is"),
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

        public Problem problem(String detail, String instance) {
            return problem(detail, instance, List.of());
        }

        /** The same, with what is wrong line by line. */
        public Problem problem(String detail, String instance, List<String> faults) {
            return new Problem(
                    "urn:dartboard:problem:" + name().toLowerCase(Locale.ROOT),
                    title,
                    status,
                    detail,
                    instance,
                    faults);
        }
    }
}
