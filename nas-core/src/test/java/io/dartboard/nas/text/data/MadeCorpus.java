package io.dartboard.nas.text.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small made corpus. */
public final class MadeCorpus {
    private MadeCorpus() {}

    public static TextCorpus of(int trainLines, int otherLines) {
        try {
            Path folder = Files.createTempDirectory("made-corpus");
            MadeText.writePtb(folder, trainLines, otherLines, otherLines, 1);
            TextCorpus corpus = TextCorpus.read(folder);
            for (String part : new String[] {"train", "valid", "test"}) {
                Files.delete(folder.resolve("ptb." + part + ".txt"));
            }
            Files.delete(folder);
            return corpus;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
