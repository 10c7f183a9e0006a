package io.dartboard.local.launch;

import io.dartboard.local.home.Home;
import io.dartboard.local.home.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The log of a process, for the lines that matter when something went wrong. */
public final class ServiceLog {
    private static final Pattern MATTERS = Pattern.compile("\\b(WARN|ERROR|FATAL|SEVERE)\\b");
    private static final Pattern OF_A_TRACE =
            Pattern.compile("^\\s+at .*|^\\s*Caused by: .*|^\\s*\\.\\.\\. \\d+ more|^\\s+Suppressed: .*");
    private static final Pattern FATAL_START =
            Pattern.compile("^(Error:|Exception in thread|Error occurred|java\\.|# ).*");
    private static final int TAIL_BYTES = 256 << 10;

    private final Home home;
    private final Instance instance;

    public ServiceLog(Home home, Instance instance) {
        this.home = home;
        this.instance = instance;
    }

    /**
     * The newest warnings and errors, oldest first, without stack traces. Lines that name the subject come before others
     * where there are too many.
     *
     * @param subject a job's id, or empty
     * @param atMost number of lines
     */
    public List<String> linesThatMatter(String subject, int atMost) {
        var told = tail().stream()
                .filter(line -> !OF_A_TRACE.matcher(line).matches())
                .filter(line -> MATTERS.matcher(line).find()
                        || FATAL_START.matcher(line).matches())
                .toList();
        var named = subject.isEmpty()
                ? List.<String>of()
                : told.stream().filter(line -> line.contains(subject)).toList();
        return last(named.isEmpty() ? told : named, atMost);
    }

    private List<String> tail() {
        var file = home.log(instance);
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
