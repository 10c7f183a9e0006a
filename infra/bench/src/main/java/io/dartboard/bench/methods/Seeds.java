package io.dartboard.bench.methods;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** The seeds that each method searches with. */
final class Seeds {
    private static final int MOST = 1000;
    private static final Pattern LIST = Pattern.compile("\\d{1,18}(,\\d{1,18})*,?");

    private Seeds() {}

    /**
     * Reads how many, {@code 5}, which are those from 1 on; or which, {@code 3,7,11}; {@code 3,} is the one.
     *
     * @throws IllegalArgumentException if it is neither, with one line
     */
    static List<Long> parse(String text) {
        if (!LIST.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "--seeds must be how many, as 5, or which, as 3,7,11 (was '%s')".formatted(text));
        }
        List<Long> numbers = Arrays.stream(text.split(",")).map(Long::valueOf).toList();
        List<Long> seeds = text.contains(",")
                ? numbers
                : LongStream.rangeClosed(1, Math.min(numbers.get(0), MOST + 1L))
                        .boxed()
                        .toList();
        if (seeds.isEmpty() || seeds.size() > MOST || seeds.stream().distinct().count() < seeds.size()) {
            throw new IllegalArgumentException(
                    "--seeds must be 1 to %d seeds, each of them once (was '%s')".formatted(MOST, text));
        }
        return seeds;
    }
}
