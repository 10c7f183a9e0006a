package io.dartboard.local.launch;

import io.dartboard.local.home.Home;
import io.dartboard.local.home.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The log of a process, for the lines that matter when something went wrong. */
public final class ServiceLog {
    private static final Pattern MATTERS = Pattern.compile("\\b(WARN|ERROR|FATAL|SEVERE)\\b");
    private static final Pattern OF_A_TRACE =
            Pattern.compile("^\\s+at .*|^\\s*Caused by: .*|^\\s*\\.\\.\\. \\d+ more|^\\s+Suppressed: .*");
    private static final Pattern FATAL_START =
            Pattern.compile("^(Error:|Exception in thread|Error occurred|java\\.|# ).*");
    private static final Pattern STAMP = Pattern.compile("^(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) ");
    private static final int TAIL_BYTES = 256 << 10;

    private final Home home;
    private final Instance instance;

    public ServiceLog(Home home, Instance instance) {
        this.home = home;
        this.instance = instance;
    }

    /** When something was last written into it; the epoch where nothing was. */
    public Instant lastWritten() {
        var log = lastWritten(home.log(instance));
        var output = lastWritten(home.output(instance));
        return log.isAfter(output) ? log : output;
    }

    private static Instant lastWritten(Path file) {
        try {
            return Files.exists(file) ? Files.getLastModifiedTime(file).toInstant() : Instant.EPOCH;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The newest warnings and errors, oldest first, without stack traces. Lines that name the subject come before others
     * where there are too many.
     *
     * @param subject a job's id, or empty
     * @param from nothing that was written before: an old warning explains nothing
     * @param atMost number of lines
     */
    public List<String> linesThatMatter(String subject, Instant from, int atMost) {
        var told = Stream.of(home.log(instance), home.output(instance))
                .flatMap(file -> since(file, from).stream())
                .filter(line -> !OF_A_TRACE.matcher(line).matches())
                .filter(line -> MATTERS.matcher(line).find()
                        || FATAL_START.matcher(line).matches())
                .toList();
        var named = subject.isEmpty()
                ? List.<String>of()
                : told.stream().filter(line -> line.contains(subject)).toList();
        return last(named.isEmpty() ? told : named, atMost);
    }

    /** A line that tells no time, as the JVM's own, is as old as the next that does, or as the file. */
    private static List<String> since(Path file, Instant from) {
        var lines = new ArrayDeque<String>();
        var written = lastWritten(file);
        var all = tail(file);
        for (var line = all.size() - 1; line >= 0; line--) {
            written = time(all.get(line)).orElse(written);
            if (written.isBefore(from)) {
                break;
            }
            lines.addFirst(all.get(line));
        }
        return List.copyOf(lines);
    }

    private static Optional<Instant> time(String line) {
        var stamp = STAMP.matcher(line);
        return stamp.find()
                ? Optional.of(LocalDateTime.parse(stamp.group(1) + "T" + stamp.group(2))
                        .atZone(ZoneId.systemDefault())
                        .toInstant())
                : Optional.empty();
    }

    private static List<String> tail(Path file) {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            try (var channel = Files.newByteChannel(file)) {
                channel.position(Math.max(0, channel.size() - TAIL_BYTES));
                var buffer = ByteBuffer.allocate(TAIL_BYTES);
                while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                    // reads on until the end of the file
                }
                var text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
                return new ArrayList<>(text.lines().toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> last(List<String> lines, int atMost) {
        return lines.subList(Math.max(0, lines.size() - atMost), lines.size());
    }
}
