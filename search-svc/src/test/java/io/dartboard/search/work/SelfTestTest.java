package io.dartboard.search.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.bilevel.ArchitectureSelfTest;
import io.dartboard.nas.bilevel.Composition;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.text.search.TextSearch;
import io.dartboard.training.kind.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Test
    void shouldCheckAMethodBeforeTheFirstSearchByItAndOnceOnEachDevice() {
        var asked = new ArrayList<String>();
        var methods =
                new MethodChecks((kind, method) -> Optional.of(new SelfTest.Check("darts-cnn", method.id(), device -> {
                    asked.add(method.id() + " on " + device);
                    return new ArchitectureSelfTest.Verdict(!method.id().equals("broken"), "said");
                })));
        var broken = SearchMethods.IDARTS.named("broken");
        methods.require(Kind.IMAGES, SearchMethods.IDARTS, "cpu");
        methods.require(Kind.IMAGES, SearchMethods.IDARTS, "cpu");
        methods.require(Kind.IMAGES, SearchMethods.IDARTS, "gpu0");
        for (var i = 0; i < 2; i++) {
            assertThatThrownBy(() -> methods.require(Kind.IMAGES, broken, "cpu"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("darts-cnn broken on cpu: said");
        }
        assertThat(asked).containsExactly("idarts on cpu", "idarts on gpu0", "broken on cpu", "broken on cpu");
    }

    @Test
    void shouldKnowTheCheckOfEveryMethodThatFollowsASlope() {
        assertThat(SelfTest.of(Kind.IMAGES, SearchMethods.PC_DARTS)).isPresent();
        var composed = Composition.of("idarts", Map.of("relaxation", "sigmoid"), TextSearch.METHODS);
        assertThat(SelfTest.of(Kind.TEXTS, composed.among(TextSearch.METHODS)))
                .get()
                .extracting(SelfTest.Check::method)
                .isEqualTo("idarts+relaxation:sigmoid");
        assertThat(SelfTest.of(Kind.TEXTS, TextSearch.DARTS_AS_PUBLISHED)).isEmpty();
    }
}
