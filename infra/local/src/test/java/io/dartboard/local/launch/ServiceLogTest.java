package io.dartboard.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.local.home.Home;
import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceLogTest {
    private static final String LOG = """
            10:00:00 INFO  [Search] started
            10:00:01 WARN  [Store] s3 is slow
            10:00:02 ERROR [Runner] job s1 failed: out of memory
            \tat io.dartboard.Search.run(Search.java:1)
            Caused by: java.io.IOException: no
            \t... 12 more
            10:00:03 ERROR [Runner] job s2 failed: bad data
            10:00:04 INFO  [Search] on
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
        assertThat(log().linesThatMatter("", 10))
                .containsExactly(
                        "10:00:01 WARN  [Store] s3 is slow",
                        "10:00:02 ERROR [Runner] job s1 failed: out of memory",
                        "10:00:03 ERROR [Runner] job s2 failed: bad data");
    }

    @Test
    void shouldPreferTheLinesThatNameTheJob() {
        assertThat(log().linesThatMatter("s1", 10))
                .containsExactly("10:00:02 ERROR [Runner] job s1 failed: out of memory");
    }

    @Test
    void shouldKeepTheNewestWhereThereAreTooMany() {
        assertThat(log().linesThatMatter("", 1)).containsExactly("10:00:03 ERROR [Runner] job s2 failed: bad data");
    }

    @Test
    void shouldSayNothingWhereThereIsNoLog() {
        assertThat(new ServiceLog(home, Instance.first(Member.EVAL)).linesThatMatter("", 10))
                .isEmpty();
    }

    private ServiceLog log() {
        return new ServiceLog(home, Instance.first(Member.SEARCH));
    }
}
