package io.dartboard.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.local.show.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DartboardTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"demo", "up", "down", "restart", "datasets", "submit", "watch", "cancel", "status", "dlq"})
    void shouldExplainEachCommand(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(told(out)).startsWith("Usage: infra/run " + command);
    }

    @Test
    void shouldNameEveryCommandAndExitCode() {
        assertThat(run("--help")).isZero();
        assertThat(told(out))
                .contains("demo", "up", "submit", "watch", "cancel", "datasets", "status", "dlq", "down", "restart")
                .contains("Exit codes:", "1   the run failed or was cancelled");
    }

    @Test
    void shouldRefuseAnUnknownCommandWithOneLineAndAHint() {
        assertThat(run("dance")).isEqualTo(Exit.BAD_INPUT);
        assertThat(told(err)).contains("'dance'").contains("--help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"watch r1", "cancel r1", "status r1", "datasets list", "dlq list"})
    void shouldSayThatTheStackIsNotRunningAndHowToStartIt(String line) {
        assertThat(run((line + " --home " + home).split(" "))).isEqualTo(Exit.ENVIRONMENT);
        assertThat(told(err).strip())
                .isEqualTo("dartboard: the stack in %s is not running; start it with: infra/run up".formatted(home));
    }

    @Test
    void shouldShowAStackThatIsNotThere() {
        assertThat(run("status", "--home", home.toString())).isEqualTo(Exit.ENVIRONMENT);
        assertThat(told(out).lines().filter(line -> line.contains("not started")))
                .hasSize(5);
    }

    @Test
    void shouldRefuseAnUnknownServiceNamingTheKnownOnes() {
        assertThat(run("restart", "mail", "--home", home.toString())).isEqualTo(Exit.BAD_INPUT);
        assertThat(told(err))
                .contains("no service 'mail'; known: stack, search-svc, derive-svc, eval-svc, transfer-svc");
    }

    @Test
    void shouldRefuseTooFewImages() {
        assertThat(run("demo", "--images", "1", "--home", home.toString())).isEqualTo(Exit.BAD_INPUT);
        assertThat(told(err)).contains("--images must be at least 2").contains("(was 1)");
    }

    @Test
    void shouldRemoveTheWholeFolderOnPurge() throws IOException {
        Files.createDirectories(home.resolve("stack/logs"));
        Files.writeString(home.resolve("stack/logs/x.log"), "x");

        assertThat(run("down", "--purge", "--home", home.resolve("stack").toString()))
                .isZero();

        assertThat(home.resolve("stack")).doesNotExist();
    }

    private int run(String... args) {
        return Dartboard.run(
                Terminal.plain(new PrintStream(out, true, StandardCharsets.UTF_8)),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private static String told(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
