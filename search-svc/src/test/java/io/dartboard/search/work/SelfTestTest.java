package io.dartboard.search.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.bilevel.ArchitectureSelfTest;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfTestTest {

    @Test
    void shouldPassWhereTheArchitectureStepWorks() {
        assertThat(new SelfTest().on("cpu")).isEmpty();
    }

    @Test
    void shouldSayWhichMethodIsBrokenAndHow() {
        var broken = new SelfTest(List.of(new SelfTest.Check(
                "darts-rnn",
                "darts-first-order",
                device -> new ArchitectureSelfTest.Verdict(false, "the alpha step changed no alpha"))));
        assertThat(broken.on("cpu")).contains("darts-rnn darts-first-order: the alpha step changed no alpha");
    }

    @Test
    void shouldFailAndNotThrowOnADeviceThatIsNotThere() {
        assertThat(new SelfTest().on("gpu99")).get().asString().contains("gpu");
    }
}
