package io.dartboard.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {

    @Test
    void shouldReadAnObject() {
        assertThat(StrictJson.read("{\"a\": 1}").path("a").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a": 1, "a": 2}   | field 'a' is named twice
                    {"a": 1            | it ends too early; a brace, bracket or quote is not closed
                    {"a": yes}         | 'yes' is no word of JSON; texts stand in double quotes
                    {"a": 1} {}        | something follows after its end
                    {"a" 1}            | '1' is not expected there; is a comma, a colon or a quote missing?
                    {'a': 1}           | is not expected there; is a comma, a colon or a quote missing?""")
    void shouldSayInPlainWordsWhatIsWrong(String text, String words) {
        assertThatThrownBy(() -> StrictJson.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 1 column ")
                .hasMessageContaining(words)
                .message()
                .doesNotContain("REDACTED", "Source", "code ", "JsonParser", "token (");
    }
}
