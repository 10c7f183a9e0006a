package io.dartboard.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of this module in a process of its own, which no earlier measurement has left memory in. */
public final class FreshProcess {
    private FreshProcess() {}

    /**
     * Runs a main class and returns what it printed.
     *
     * @throws IllegalStateException if it failed
     */
    public static List<String> run(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g", "-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(arguments);
        try {
            Path errors = Files.createTempFile("dartboard-bench", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectError(errors.toFile())
                        .start();
                String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                int code = process.waitFor();
                if (code != 0) {
                    throw new IllegalStateException("%s %s ended with %d%s; is there memory enough for this size?"
                            .formatted(main.getSimpleName(), arguments, code, reason(errors)));
                }
                return printed.lines().toList();
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What it threw, if it threw; of a chain the innermost, which is told last. */
    private static String reason(Path errors) throws IOException {
        return Files.readString(errors)
                .lines()
                .filter(line -> line.startsWith("Exception in thread") || line.startsWith("Caused by:"))
                .reduce((first, last) -> last)
                .map(line -> " (" + line + ")")
                .orElse("");
    }
}
