package io.dartboard.local.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({"0,0", "999,999", "1000,1.0 k", "123456,123.5 k", "3349342,3.35 M", "1204000000,1.20 G"})
    void shouldGiveACountItsMagnitude(long count, String text) {
        assertThat(Quantity.count(count)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0.0 s", "8.04,8.0 s", "59,59 s", "60,1 min 00 s", "184,3 min 04 s", "7500,2 h 05 min"})
    void shouldGiveATimeSpanItsUnits(double seconds, String text) {
        assertThat(Quantity.seconds(seconds)).isEqualTo(text);
    }

    @Test
    void shouldNotDependOnTheMachinesLanguage() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Quantity.percent(31.274)).isEqualTo("31.27 %");
            assertThat(Quantity.share(0.3127)).isEqualTo("31.3 %");
            assertThat(Quantity.bytes(1_400_000)).isEqualTo("1.40 MB");
        } finally {
            Locale.setDefault(before);
        }
    }
}
