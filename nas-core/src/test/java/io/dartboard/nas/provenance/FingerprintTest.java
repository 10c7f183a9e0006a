package io.dartboard.nas.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    /** Settings as a release has them. */
    public record Part(double rate, boolean nested) {}

    /** Likewise. */
    public record Settings(int cells, double decay, Part part) {}

    /** The same as a later release has them. */
    public record LaterPart(
            double rate,
            boolean nested,
            @LaterSetting(neutral = "none") String kind) {}

    /** Likewise. */
    public record LaterSettings(
            int cells,
            double decay,
            LaterPart part,
            @LaterSetting(neutral = "0.0") double warmUp) {}

    private static final Settings SETTINGS = new Settings(3, 3e-4, new Part(0.025, true));
    private static final String TEXT = """
            config.cells=3
            config.decay=3.0E-4
            config.part.nested=true
            config.part.rate=0.025
            seed=7""";

    @Test
    void shouldNameEverySettingByItsPlace() {
        assertThat(of(SETTINGS).text()).isEqualTo(TEXT);
        assertThat(Fingerprint.read(TEXT)).isEqualTo(of(SETTINGS));
    }

    @Test
    void shouldNotMoveWhenALaterReleaseAddsSettings() {
        var neutral = new LaterSettings(3, 3e-4, new LaterPart(0.025, true, "none"), 0);

        assertThat(of(neutral)).isEqualTo(of(SETTINGS));
    }

    @Test
    void shouldMoveWhenASettingOfLaterSaysSomething() {
        var set = new LaterSettings(3, 3e-4, new LaterPart(0.025, true, "cosine"), 5);

        assertThat(of(SETTINGS).difference(of(set)))
                .contains("config.part.kind was unset, now cosine; config.warmUp was unset, now 5.0");
        assertThat(of(set).difference(of(SETTINGS)))
                .contains("config.part.kind was cosine, now unset; config.warmUp was 5.0, now unset");
        assertThat(of(set).difference(of(set))).isEmpty();
    }

    @Test
    void shouldRebuildTheTextOfTheReleaseThatHadNoLaterSetting() {
        var neutral = new LaterSettings(3, 3e-4, new LaterPart(0.025, true, "none"), 0);

        assertThat(Fingerprint.textOfOld(SETTINGS)).isEqualTo(SETTINGS.toString());
        assertThat(Fingerprint.textOfOld(neutral))
                .isEqualTo(
                        SETTINGS.toString().replace("Settings", "LaterSettings").replace("Part[", "LaterPart["));
    }

    @Test
    void shouldSayTheSameInEveryLocale() {
        var usual = Locale.getDefault();
        try {
            for (var tag : List.of("ar-EG-u-nu-arab", "tr-TR", "de-DE")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertThat(of(SETTINGS).text()).isEqualTo(TEXT);
            }
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void shouldRefuseWhatHasNoTextOfItsValue() {
        assertThatThrownBy(() -> Fingerprint.EMPTY.with("seeds", new int[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("setting seeds is neither a number nor a text nor a record of these (was int[])");
        assertThatThrownBy(() -> Fingerprint.EMPTY.with("genotype", "two\nlines"))
                .hasMessageStartingWith("a setting is one line");
        assertThatThrownBy(() -> Fingerprint.read("seed")).hasMessage("'seed' is no setting");
    }

    private static Fingerprint of(Record settings) {
        return Fingerprint.EMPTY.with("config", settings).with("seed", 7);
    }
}
