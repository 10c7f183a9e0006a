package io.dartboard.bench.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {
    @Test
    void shouldReadHowManyAndWhich() {
        assertThat(Seeds.parse("3")).containsExactly(1L, 2L, 3L);
        assertThat(Seeds.parse("7,3")).containsExactly(7L, 3L);
        assertThat(Seeds.parse("7,")).containsExactly(7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "a", "1,,2", "1,1", "1001", ",", "1;2", "99999999999999999999"})
    void shouldRefuseAnythingElse(String text) {
        assertThatThrownBy(() -> Seeds.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--seeds must be")
                .hasMessageEndingWith("(was '%s')".formatted(text));
    }
}
