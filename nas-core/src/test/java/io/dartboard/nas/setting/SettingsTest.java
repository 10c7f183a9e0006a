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

    public record Two(int epochs, double momentum, Inner inner) {
        public Two {
            Checks.all(
                    () -> Checks.atLeast("epochs", epochs, 1, "so that it trains"),
                    () -> Checks.share("momentum", momentum));
        }
    }

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
    void shouldNameEveryFaultAtOnce() {
        Map<String, Object> values = new HashMap<>(Settings.values(new Two(3, 0.5, new Inner(0.5, 7))));
        values.put("epochs", 0);
        values.put("momentum", 1.5);
        assertThatThrownBy(() -> Settings.bind(Two.class, values::get))
                .isInstanceOfSatisfying(SeveralFaults.class, several -> assertThat(SeveralFaults.of(several))
                        .containsExactly(
                                "epochs must be at least 1 so that it trains (was 0)",
                                "momentum must be at least 0 and below 1 (was 1.5)"));
        values.put("rate", 0.0);
        values.remove("seed");
        assertThatThrownBy(() -> Settings.bind(Two.class, values::get)).hasMessage("seed is missing");
        values.remove("momentum");
        assertThatThrownBy(() -> Settings.bind(Two.class, values::get))
                .hasMessage("momentum is missing; and seed is missing");
    }

    @Test
    void shouldRefuseARecordInWhichANameMeansTwoThings() {
        assertThatThrownBy(() -> Settings.values(new Twice(1, new Inner(1, 1))))
                .hasMessage("two settings of Twice are called rate");
    }
}
