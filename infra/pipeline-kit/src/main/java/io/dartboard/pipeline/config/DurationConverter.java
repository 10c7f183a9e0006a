package io.dartboard.pipeline.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a duration: seconds without a unit, a number with ms, s, m, h or d, or ISO 8601. The same in and out of Quarkus. */
public final class DurationConverter implements Converter<Duration> {
    private static final long serialVersionUID = 1L;
    private static final Pattern SHORT = Pattern.compile("(\\d+)(ms|s|m|h|d)?");

    @Override
    public Duration convert(String text) {
        var trimmed = text.strip().toLowerCase(Locale.ROOT);
        var match = SHORT.matcher(trimmed);
        try {
            if (!match.matches()) {
                return Duration.parse(trimmed);
            }
            var amount = Long.parseLong(match.group(1));
            var unit = match.group(2) == null ? "s" : match.group(2);
            return switch (unit) {
                case "ms" -> Duration.ofMillis(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                case "d" -> Duration.ofDays(amount);
                default -> Duration.ofSeconds(amount);
            };
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a duration is a number of seconds, a number with ms, s, m, h or d, or ISO 8601 as PT30S (was '%s')"
                            .formatted(text),
                    e);
        }
    }
}
