package io.dartboard.bench;

import io.dartboard.nas.text.data.TextWindow;
import java.util.random.RandomGenerator;

/** Windows of random words: what a step costs does not depend on what it reads. */
final class RandomText {
    private RandomText() {}

    static TextWindow window(TextSizes sizes, RandomGenerator random) {
        long[] words = random.longs(sizes.tokens(), 0, sizes.vocabulary()).toArray();
        long[] following = random.longs(sizes.tokens(), 0, sizes.vocabulary()).toArray();
        return new TextWindow(words, following, sizes.bptt(), sizes.batch());
    }
}
