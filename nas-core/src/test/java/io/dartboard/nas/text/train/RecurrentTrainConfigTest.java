package io.dartboard.nas.text.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.text.ops.Dropouts;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import org.junit.jupiter.api.Test;

class RecurrentTrainConfigTest {
    @Test
    void shouldHoldWhatTheAuthorsPublish() {
        LanguageLoss penalties = new LanguageLoss(0, 0.001);
        Dropouts penn = new Dropouts(0.1, 0.2, 0.75, 0.25, 0.75);
        assertThat(RecurrentTrainConfig.paperPtb())
                .isEqualTo(new RecurrentTrainConfig(850, 1600, 64, 35, 20, 8e-7, 0.25, penn, penalties, 5));
        assertThat(RecurrentTrainConfig.paperPtbSelection())
                .isEqualTo(new RecurrentTrainConfig(850, 300, 64, 35, 20, 8e-7, 0.25, penn, penalties, 5));
        assertThat(RecurrentTrainConfig.paperWikiText2())
                .isEqualTo(new RecurrentTrainConfig(
                        700, 1600, 64, 35, 20, 5e-7, 0.25, new Dropouts(0.1, 0.2, 0.75, 0.15, 0.75), penalties, 5));
        assertThat(RecurrentTrainConfig.PAPER_PTB_SEED).isEqualTo(1267);
        assertThat(RecurrentSearchConfig.paperPtb())
                .isEqualTo(new RecurrentSearchConfig(
                        300,
                        50,
                        256,
                        35,
                        20,
                        5e-7,
                        0.25,
                        new Dropouts(0, 0.2, 0.75, 0.25, 0.75),
                        penalties,
                        new AdamSettings(3e-3, 0.9, 0.999, 1e-3)));
        assertThat(RecurrentSearchConfig.PAPER_PTB_SEED).isEqualTo(3);
    }

    @Test
    void shouldRefuseWhatCannotBeTrained() {
        Dropouts none = Dropouts.NONE;
        LanguageLoss plain = new LanguageLoss(0, 0);
        assertThatThrownBy(() -> new RecurrentTrainConfig(0, 1, 1, 2, 1, 0, 1, none, plain, 1))
                .hasMessage("width must be at least 1 so that there is a state (was 0)");
        assertThatThrownBy(() -> new RecurrentTrainConfig(1, 1, 1, 1, 1, 0, 1, none, plain, 1))
                .hasMessage("bptt must be at least 2 so that half of it is a step in time (was 1)");
        assertThatThrownBy(() -> new RecurrentTrainConfig(1, 1, 1, 2, 0, 0, 1, none, plain, 1))
                .hasMessage("learningRate must be positive (was 0.0)");
        assertThatThrownBy(() -> new RecurrentTrainConfig(1, 1, 1, 2, 1, 0, 0, none, plain, 1))
                .hasMessage("gradientClip must be positive (was 0.0)");
        assertThatThrownBy(() -> new RecurrentTrainConfig(1, 1, 1, 2, 1, 0, 1, none, plain, 0))
                .hasMessageStartingWith("patience must be at least 1");
        assertThatThrownBy(() -> new LanguageLoss(-1, 0)).hasMessageContaining("must be 0 or more");
        AdamSettings adam = new AdamSettings(1, 0, 0, 0);
        assertThatThrownBy(() -> new RecurrentSearchConfig(1, 1, 1, 2, 1, 0, 1, none, plain, adam))
                .hasMessage("batchSize must be at least 2 so that batch statistics exist (was 1)");
        assertThatThrownBy(() -> new RecurrentSearchConfig(1, 1, 2, 2, -1, 0, 1, none, plain, adam))
                .hasMessage("learningRate must be positive (was -1.0)");
    }
}
