package io.dartboard.local.show;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them; English decimal points whatever the machine's language. */
public final class Quantity {
    private static final double THOUSAND = 1000.0;

    private Quantity() {}

    /** Percent with two digits: {@code 31.27 %}. */
    public static String percent(double percent) {
        return format("%.2f %%", percent);
    }

    /** A perplexity with two digits: {@code 84.31}. */
    public static String perplexity(double perplexity) {
        return format("%.2f", perplexity);
    }

    /** A share of 1 as percent with one digit. */
    public static String share(double share) {
        return format("%.1f %%", share * 100);
    }

    /** A count with its unit of magnitude: {@code 918}, {@code 12.3 k}, {@code 3.35 M}, {@code 1.20 G}. */
    public static String count(long count) {
        if (count < THOUSAND) {
            return Long.toString(count);
        }
        if (count < THOUSAND * THOUSAND) {
            return format("%.1f k", count / THOUSAND);
        }
        if (count < THOUSAND * THOUSAND * THOUSAND) {
            return format("%.2f M", count / THOUSAND / THOUSAND);
        }
        return format("%.2f G", count / THOUSAND / THOUSAND / THOUSAND);
    }

    /** A length in bytes: {@code 512 B}, {@code 1.4 MB}. */
    public static String bytes(long bytes) {
        return count(bytes) + (bytes < THOUSAND ? " B" : "B");
    }

    /** A time span: {@code 8 s}, {@code 3 min 04 s}, {@code 2 h 05 min}. */
    public static String seconds(double seconds) {
        var span = Duration.ofMillis(Math.round(seconds * THOUSAND));
        if (span.toMinutes() == 0) {
            return seconds < 10 ? format("%.1f s", seconds) : format("%d s", span.toSeconds());
        }
        if (span.toHours() == 0) {
            return format("%d min %02d s", span.toMinutes(), span.toSecondsPart());
        }
        return format("%d h %02d min", span.toHours(), span.toMinutesPart());
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
