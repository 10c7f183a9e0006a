package io.dartboard.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of settings for people, made of the configuration's own class and its words. */
class ConfigurationListTest {
    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Path LIST = REPOSITORY.resolve("docs/operations/configuration.md");
    private static final Path SOURCE =
            REPOSITORY.resolve("infra/pipeline-kit/src/main/java/io/dartboard/pipeline/config/PipelineConfig.java");
    private static final String RULER = "|---|---|---|---|\n";

    @Test
    void shouldListEverySettingAsItIs() throws IOException {
        var rows = new ArrayList<String>();
        collect(PipelineConfig.class, "dartboard", Files.readString(SOURCE), rows);
        rows.sort(Comparator.naturalOrder());
        var table = rows.stream().map(row -> row + "\n").collect(Collectors.joining());
        if (Boolean.getBoolean("configuration.write")) {
            var text = Files.readString(LIST);
            var begin = text.indexOf(RULER) + RULER.length();
            var end = text.indexOf("\n\n", begin);
            Files.writeString(LIST, text.substring(0, begin) + table + (end < 0 ? "" : text.substring(end + 1)));
        }

        assertThat(rows).hasSizeGreaterThan(30).noneMatch(row -> row.endsWith("|  |"));
        assertThat(Files.readString(LIST))
                .as("make it anew with -Dtest=ConfigurationListTest -Dconfiguration.write=true")
                .contains(RULER + table);
    }

    private static void collect(Class<?> group, String prefix, String source, List<String> rows) {
        var begin = source.indexOf("interface %s {".formatted(group.getSimpleName()));
        for (var method : group.getDeclaredMethods()) {
            var name = prefix + "." + kebab(method.getName());
            if (method.getReturnType().isInterface()
                    && Arrays.asList(PipelineConfig.class.getDeclaredClasses()).contains(method.getReturnType())) {
                collect(method.getReturnType(), name, source, rows);
            } else {
                rows.add("| `%s` | %s | %s | %s |"
                        .formatted(name, type(method), usual(method), words(source, begin, method.getName())));
            }
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String usual(Method method) {
        var usual = method.getAnnotation(WithDefault.class);
        return usual == null ? "–" : "`%s`".formatted(usual.value());
    }

    private static String type(Method method) {
        var type = method.getReturnType();
        if (type == Duration.class) {
            return "time";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == short.class || type == double.class) {
            return "number";
        }
        if (type == Path.class) {
            return "folder";
        }
        if (type == List.class) {
            return "list";
        }
        if (type == Map.class) {
            return "properties";
        }
        var within = method.getGenericReturnType().getTypeName();
        if (type == Optional.class && within.contains("Double")) {
            return "number";
        }
        return type == Optional.class && within.contains("List") ? "list" : "text";
    }

    /** The comment right before a method of an interface. */
    private static String words(String source, int begin, String method) {
        var at = source.indexOf(" %s();".formatted(method), begin);
        var comment = source.substring(source.lastIndexOf("/**", at) + 3, source.lastIndexOf("*/", at));
        return comment.replaceAll("\\s*\\n\\s*\\*\\s?", " ")
                .replaceAll("\\{@code\\s+([^}]*)}", "`$1`")
                .replace("|", "\\|")
                .strip();
    }
}
