package io.dartboard.bench.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.guard.GuardPolicy;
import io.dartboard.nas.provenance.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchResultsTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("new").resolve("results.jsonl");
    }

    @Test
    void shouldReadWhatItWrote() throws IOException {
        SearchResults results = SearchResults.open(file);
        results.add(row(1));
        results.add(row(2));
        assertThat(results.find(row(2).settings())).contains(row(2));

        SearchResults again = SearchResults.open(file);
        assertThat(again.find(row(1).settings())).contains(row(1));
        assertThat(again.find(row(2).settings())).contains(row(2));
        assertThat(again.find(row(3).settings())).isEmpty();
    }

    @Test
    void shouldGoOnAfterALineThatWasBeingWritten() throws IOException {
        SearchResults.open(file).add(row(1));
        Files.writeString(file, Files.readString(file) + row(2).json().substring(0, 40));

        SearchResults again = SearchResults.open(file);
        assertThat(again.find(row(1).settings())).contains(row(1));
        again.add(row(3));

        assertThat(Files.readAllLines(file)).containsExactly(row(1).json(), row(3).json());
    }

    @Test
    void shouldRefuseWhatIsNoResult() throws IOException {
        Files.createDirectories(file.getParent());
        for (String line : List.of("{}", "no JSON", "{\"settings\":{},\"space\":\"wide\"}", "")) {
            Files.writeString(file, row(1).json() + "\n" + line + "\n");
            assertThatThrownBy(() -> SearchResults.open(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("line 2 of %s is no result of a search".formatted(file))
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void shouldKeepWhySearchesFailed() {
        SearchTask task = new SearchTask("wide", "gdas", true, 7, Map.of(), "cpu", "x", 0, 0, 0, 0, "");
        SearchRow failed = SearchRow.failed(task, row(7).settings(), "the loss is NaN");
        assertThat(SearchRow.parse(failed.json())).isEqualTo(failed);
        assertThat(failed.succeeded()).isFalse();
    }

    private static SearchRow row(long seed) {
        return new SearchRow(
                "wide",
                "gdas",
                seed == 2,
                seed,
                Fingerprint.EMPTY.with("seed", seed).with("rate", 0.5),
                "a cell",
                List.of(new SearchRow.Epoch(
                        "another",
                        12.5,
                        OptionalDouble.of(0.25),
                        seed == 1 ? OptionalDouble.empty() : OptionalDouble.of(1.5),
                        seed == 1 ? OptionalDouble.empty() : OptionalDouble.of(0.125))),
                seed == 2
                        ? List.of(new SearchRow.Steered(
                                9, GuardPolicy.Action.RELAUNCH, 8, List.of("this", "that"), "beta-decay"))
                        : List.of(),
                1.5,
                20,
                1 << 20,
                seed == 1 ? Optional.of(new SearchRow.Retrained(50.25, 3)) : Optional.empty(),
                "");
    }
}
