package io.dartboard.local;

/** What an exception says to a person. */
final class Cause {
    private Cause() {}

    /** Its own message, or that of the nearest cause that has one. */
    static String line(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var message = cause.getMessage();
            if (message != null && !message.isBlank()) {
                return message;
            }
        }
        return failure.getClass().getSimpleName();
    }
}
