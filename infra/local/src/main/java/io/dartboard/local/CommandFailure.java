package io.dartboard.local;

/** A command cannot go on. The message is one line, or one line and the log lines that explain it. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static CommandFailure badInput(String message) {
        return new CommandFailure(Exit.BAD_INPUT, message);
    }

    static CommandFailure environment(String message) {
        return new CommandFailure(Exit.ENVIRONMENT, message);
    }

    static CommandFailure goesOn(String message) {
        return new CommandFailure(Exit.GOES_ON, message);
    }

    int exitCode() {
        return exitCode;
    }
}
