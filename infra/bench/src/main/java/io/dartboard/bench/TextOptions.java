package io.dartboard.bench;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Sizes of a language model and its window, with {@code --space rnn}. */
final class TextOptions {
    @Option(names = "--width", description = "Width of embedding and hidden state; the paper's if not given.")
    Optional<Integer> width = Optional.empty();

    @Option(names = "--bptt", description = "Steps in time of a window; the paper's 35 if not given.")
    Optional<Integer> bptt = Optional.empty();

    @Option(names = "--vocabulary", description = "Words of the vocabulary; Penn Treebank's 10000 if not given.")
    Optional<Integer> vocabulary = Optional.empty();

    /** The sizes asked for, in place of those of a paper's preset. */
    TextSizes over(TextSizes paper, Optional<Integer> batch) {
        return new TextSizes(
                width.orElse(paper.width()),
                batch.orElse(paper.batch()),
                bptt.orElse(paper.bptt()),
                vocabulary.orElse(paper.vocabulary()));
    }
}
