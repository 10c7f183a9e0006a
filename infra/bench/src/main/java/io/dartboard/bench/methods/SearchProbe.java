package io.dartboard.bench.methods;

import java.io.IOException;
import java.util.Locale;

/** One {@link SearchTask}, its only argument, in a process of its own: what one has done to its memory must not count for the next. */
final class SearchProbe {
    private SearchProbe() {}

    /** Prints the {@link SearchRow}. */
    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.ROOT);
        SearchTask task = SearchTask.parse(args[0]);
        System.out.println(
                new MethodSearch(task, MethodSearch.images(task)).run().json());
    }
}
