package io.dartboard.nas.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    public record Inner(double rate, long seed) {
        public Inner {
            Checks.positive("rate", rate);
        }
    }

    public record Outer(int epochs, Inner inner, double momentum) {}

    public record Twice(double rate, Inner inner) {}

    @Test
    void shouldWriteEveryValueUnderItsOwnName() {
        assertThat(Settings.values(new Outer(3, new Inner(0.5, 7), 0.9)))
                .containsExactly(
                        Map.entry("epochs", 3),
                        Map.entry("rate", 0.5),
                        Map.entry("seed", 7L),
                        Map.entry("momentum", 0.9));
        assertThat(Settings.names(Outer.class)).isEqualTo(List.of("epochs", "rate", "seed", "momentum"));
    }

    @Test
    void shouldMakeOfTheValuesWhatWroteThem() {
        Outer written = new Outer(3, new Inner(0.5, 7), 0.9);
        assertThat(Settings.bind(Outer.class, Settings.values(written)::get)).isEqualTo(written);
    }

    @Test
    void shouldSayWhichSettingIsMissingOrImpossible() {
        Map<String, Object> values = new HashMap<>(Settings.values(new Outer(3, new Inner(0.5, 7), 0.9)));
        values.put("rate", -1.0);
        assertThatThrownBy(() -> Settings.bind(Outer.class, values::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rate must be positive (was -1.0)");
        values.remove("momentum");
        values.put("rate", 1.0);
        assertThatThrownBy(() -> Settings.bind(Outer.class, values::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("momentum is missing");
    }

    @Test
    void shouldRefuseARecordInWhichANameMeansTwoThings() {
        assertThatThrownBy(() -> Settings.values(new Twice(1, new Inner(1, 1))))
                .hasMessage("two settings of Twice are called rate");
    }
}
