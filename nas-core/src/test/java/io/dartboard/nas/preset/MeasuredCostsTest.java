package io.dartboard.nas.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MeasuredCostsTest {
    @Test
    void shouldTellWhatWasMeasuredOfAMethod() {
        MeasuredCosts costs = MeasuredCosts.of(lines("images.gdas=1.5", "text.gdas=2", "images.d-darts=3"));
        assertThat(costs.of("gdas"))
                .containsEntry("images", 1.5)
                .containsEntry("text", 2.0)
                .hasSize(2);
        assertThat(costs.of("darts")).as("not the end of another's name").isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoCost() {
        for (String value : List.of("", "0", "-1", "NaN", "twice")) {
            assertThatThrownBy(() -> MeasuredCosts.of(lines("images.gdas=" + value)))
                    .hasMessage("images.gdas in method-costs.properties must be a positive number (was '%s')", value);
        }
    }

    @Test
    void shouldComeWithCostsOfMethodsThatThereAreAlone() {
        List<String> known = MethodSheet.all().stream()
                .flatMap(method -> method.searchesOn().stream().map(kind -> kind + "." + method.name()))
                .toList();
        assertThat(known).containsAll(MeasuredCosts.read().names());
    }

    private static Properties lines(String... lines) {
        Properties properties = new Properties();
        for (String line : lines) {
            int equals = line.indexOf('=');
            properties.setProperty(line.substring(0, equals), line.substring(equals + 1));
        }
        return properties;
    }
}
