package io.dartboard.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.local.home.Home;
import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceLogTest {
    private static final String LOG = """
            2026-01-01 10:00:00.000 INFO  [Search] started
            2026-01-01 10:00:01.000 WARN  [Store] s3 is slow
            2026-01-01 10:00:02.000 ERROR [Runner] job s1 failed: out of memory
            \tat io.dartboard.Search.run(Search.java:1)
            Caused by: java.io.IOException: no
            \t... 12 more
            2026-01-01 10:00:03.000 ERROR [Runner] job s2 failed: bad data
            2026-01-01 10:00:04.000 INFO  [Search] on
            """;

    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void writeLog() throws IOException {
        home = new Home(folder).create();
        Files.writeString(home.log(Instance.first(Member.SEARCH)), LOG);
    }

    @Test
    void shouldShowWarningsAndErrorsWithoutTheTrace() {
        assertThat(log().linesThatMatter("", Instant.EPOCH, 10))
                .containsExactly(
                        "2026-01-01 10:00:01.000 WARN  [Store] s3 is slow",
                        "2026-01-01 10:00:02.000 ERROR [Runner] job s1 failed: out of memory",
                        "2026-01-01 10:00:03.000 ERROR [Runner] job s2 failed: bad data");
    }

    @Test
    void shouldPreferTheLinesThatNameTheJob() {
        assertThat(log().linesThatMatter("s1", Instant.EPOCH, 10))
                .containsExactly("2026-01-01 10:00:02.000 ERROR [Runner] job s1 failed: out of memory");
    }

    @Test
    void shouldKeepTheNewestWhereThereAreTooMany() {
        assertThat(log().linesThatMatter("", Instant.EPOCH, 1))
                .containsExactly("2026-01-01 10:00:03.000 ERROR [Runner] job s2 failed: bad data");
    }

    @Test
    void shouldNotBlameAnOldWarning() {
        var at = LocalDateTime.parse("2026-01-01T10:00:02")
                .atZone(ZoneId.systemDefault())
                .toInstant();

        assertThat(log().linesThatMatter("", at, 10))
                .containsExactly(
                        "2026-01-01 10:00:02.000 ERROR [Runner] job s1 failed: out of memory",
                        "2026-01-01 10:00:03.000 ERROR [Runner] job s2 failed: bad data");
    }

    @Test
    void shouldTakeALineOfTheMachineForAsOldAsTheFile() throws IOException {
        var file = home.output(Instance.first(Member.SEARCH));
        Files.writeString(file, "Error occurred during initialization of VM\n");
        var written = Files.getLastModifiedTime(file).toInstant();

        assertThat(log().linesThatMatter("", written, 10))
                .containsExactly("Error occurred during initialization of VM");
    }

    @Test
    void shouldSayNothingWhereThereIsNoLog() {
        assertThat(new ServiceLog(home, Instance.first(Member.EVAL)).linesThatMatter("", Instant.EPOCH, 10))
                .isEmpty();
    }

    private ServiceLog log() {
        return new ServiceLog(home, Instance.first(Member.SEARCH));
    }
}
