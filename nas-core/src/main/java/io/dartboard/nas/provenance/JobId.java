package io.dartboard.nas.provenance;

import java.util.regex.Pattern;

/**
 * Identity of a job: equal exactly when all facts that determine its result are equal, so that a request made twice
 * joins the job that already runs or has finished.
 *
 * @param value 64 lower-case hexadecimal digits, from {@link JobFacts#id()}
 */
public record JobId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final int SHORT_DIGITS = 12;

    public JobId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a job id is 64 lower-case hexadecimal digits (was '%s')".formatted(value));
        }
    }

    /** The first digits, enough for people to tell jobs apart; never a key. */
    public String abbreviated() {
        return value.substring(0, SHORT_DIGITS);
    }

    @Override
    public String toString() {
        return value;
    }
}
