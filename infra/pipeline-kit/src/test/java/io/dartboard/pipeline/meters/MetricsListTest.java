package io.dartboard.pipeline.meters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written of the metrics for people, and the rules and dashboards made of them, against the metrics that are. */
class MetricsListTest {
    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Path LIST = REPOSITORY.resolve("docs/operations/metrics.md");
    private static final Path RULES = REPOSITORY.resolve("infra/deploy/prometheus/rules/alerts.yml");
    private static final Pattern NAME = Pattern.compile("\\bnas_[a-z_]+");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern RUNBOOK = Pattern.compile("runbook_url: (\\S+)");
    private static final Pattern DASHBOARD = Pattern.compile("dashboard: dartboard-(\\S+)");

    @Test
    void shouldListEveryMetricAsItIs() throws IOException {
        var table = Arrays.stream(NasMeters.values()).map(MetricsListTest::row).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("metrics.write")) {
            var text = Files.readString(LIST);
            var head = text.substring(0, text.indexOf("|---|---|---|---|---|") + "|---|---|---|---|---|\n".length());
            Files.writeString(LIST, head + table + "\n");
        }

        assertThat(Files.readString(LIST))
                .as("make it anew with -Dtest=MetricsListTest -Dmetrics.write=true")
                .contains(table + "\n");
    }

    @Test
    void shouldMakeRulesAndDashboardsOfMetricsThatThereAre() throws IOException {
        var known = Arrays.stream(NasMeters.values())
                .flatMap(meter -> meter.series().stream())
                .collect(Collectors.toSet());

        for (var file : files("infra/deploy/prometheus/rules", "infra/deploy/grafana/dashboards")) {
            assertThat(known).as(file.toString()).containsAll(found(NAME, Files.readString(file), 0));
        }
    }

    @Test
    void shouldHaveARunbookAndADashboardForEachAlert() throws IOException {
        var rules = Files.readString(RULES);
        var alerts = found(ALERT, rules, 1);

        assertThat(found(RUNBOOK, rules, 1))
                .containsExactlyInAnyOrderElementsOf(alerts.stream()
                        .map("docs/operations/runbooks/%s.md"::formatted)
                        .toList())
                .allSatisfy(
                        page -> assertThat(REPOSITORY.resolve(page)).content().contains("## What to do"));
        assertThat(found(DASHBOARD, rules, 1)).allSatisfy(uid -> assertThat(
                        REPOSITORY.resolve("infra/deploy/grafana/dashboards/%s.json".formatted(uid)))
                .exists());
    }

    /** What a runbook quotes of a log is what the product says. */
    @Test
    void shouldFindTheLinesOfTheRunbooksInTheSources() throws IOException {
        var sources = sources();
        var quoted = Pattern.compile("`([^`]+)`");
        for (var page : files("docs/operations/runbooks")) {
            var text = Files.readString(page).replaceAll("\\s+", " ");
            var lines = Pattern.compile("Its lines in the logs: (.*?)\\. ## ").matcher(text);
            if (lines.find()) {
                for (var line : found(quoted, lines.group(1), 1)) {
                    for (var part : line.split("…|\\b5\\b")) {
                        assertThat(sources)
                                .as("%s: %s", page.getFileName(), part)
                                .contains(part.strip());
                    }
                }
            }
        }
    }

    private static String sources() throws IOException {
        try (var files = Files.walk(REPOSITORY)) {
            return files.filter(file -> file.toString().endsWith(".java")
                            && file.toString().contains("/src/main/")
                            && !file.toString().contains("/target/"))
                    .map(MetricsListTest::text)
                    .collect(Collectors.joining("\n"))
                    .replaceAll("\"\\s*\\+\\s*\"", "");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Path> files(String... folders) throws IOException {
        var found = new TreeSet<Path>();
        for (var folder : folders) {
            try (Stream<Path> inside = Files.list(REPOSITORY.resolve(folder))) {
                inside.filter(Files::isRegularFile).forEach(found::add);
            }
        }
        return found;
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String row(NasMeters meter) {
        var name = meter.id().replace('.', '_')
                + switch (meter.type()) {
                    case COUNTER -> "_total";
                    case TIMER -> "_seconds";
                    case GAUGE, SUMMARY -> "";
                };
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        name,
                        meter.type().name().toLowerCase(Locale.ROOT),
                        meter.unit().isEmpty() ? "1" : meter.unit(),
                        meter.labels().isEmpty() ? "–" : String.join(", ", meter.labels()),
                        meter.description());
    }
}
