package io.dartboard.search.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.events.JobFailed;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.pipeline.view.RunJson;
import io.dartboard.pipeline.view.RunStory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The description of a run against answers: each field that is there is described, with its type and its words. */
class RunSchemasTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    private final RunBoard board = new RunBoard();
    private final List<String> wrong = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void shouldDescribeAllThatIsToldOfARun(RunStory story) {
        tell(story.wholeRun("r1"));
        tell(List.of(JobFailed.newBuilder(RunStory.failed(story.search(0), "r1", 1, true))
                .build()));
        var whole = RunJson.detail(board.run("r1").orElseThrow());
        check("run", whole, RunSchemas.run());
        assertThat(whole.fieldNames())
                .toIterable()
                .contains("searches", "selection", "retrainings", "transfer", "decision");

        tell(List.of(story.request("r2"), story.progressed(story.search(0), "r2", "search", 1, 0.5)));
        var live = RunJson.detail(board.run("r2").orElseThrow());
        check("run", live, RunSchemas.run());

        board.champions().forEach(each -> check("champion", RunJson.champion(each), RunSchemas.champion()));
        assertThat(board.champions()).isNotEmpty();
        assertThat(wrong).isEmpty();
    }

    private void tell(List<SpecificRecord> events) {
        events.forEach(event -> board.apply(event, NOW));
    }

    private void check(String at, JsonNode value, Schema schema) {
        if (value.isNull()) {
            return;
        }
        var type = Objects.requireNonNull(schema.getType(), at).get(0);
        if (type != type(value) && !(type == SchemaType.NUMBER && value.isNumber())) {
            wrong.add("%s is %s and described as %s".formatted(at, value, type));
        } else if (value.isObject()) {
            value.properties().forEach(field -> {
                var properties = schema.getProperties();
                var described = properties == null ? null : properties.get(field.getKey());
                var any = schema.getAdditionalPropertiesSchema();
                if (described == null && any == null) {
                    wrong.add("%s.%s is not described".formatted(at, field.getKey()));
                } else {
                    check(at + "." + field.getKey(), field.getValue(), described == null ? any : described);
                }
            });
        } else if (value.isArray()) {
            value.forEach(element -> check(at + "[]", element, Objects.requireNonNull(schema.getItems(), at)));
        } else if (schema.getEnumeration() != null && !schema.getEnumeration().contains(value.asText())) {
            wrong.add("%s is %s, which is none of %s".formatted(at, value, schema.getEnumeration()));
        }
    }

    private static SchemaType type(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> SchemaType.ARRAY;
            case BOOLEAN -> SchemaType.BOOLEAN;
            case NUMBER -> value.isIntegralNumber() ? SchemaType.INTEGER : SchemaType.NUMBER;
            case OBJECT -> SchemaType.OBJECT;
            default -> SchemaType.STRING;
        };
    }
}
