package io.dartboard.nas.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFactsTest {
    private final JobFacts facts = JobFacts.of("search")
            .with("dataset", "ab12")
            .with("space", "darts-cnn")
            .with("weights.learningRate", 0.025)
            .with("secondOrder", false)
            .with("seed", 2L);

    @Test
    void shouldWriteTheDocumentedForm() {
        assertThat(facts.canonical()).isEqualTo("""
                        7:dataset=4:ab12
                        4:kind=6:search
                        11:secondOrder=5:false
                        4:seed=1:2
                        5:space=9:darts-cnn
                        20:weights.learningRate=20:0x1.999999999999ap-6
                        """);
        assertThat(facts.id().value()).isEqualTo(Digests.sha256(facts.canonical()));
    }

    @Test
    void shouldNotDependOnTheOrderOfTheFacts() {
        JobFacts reordered = JobFacts.of("search")
                .with("seed", 2L)
                .with("secondOrder", false)
                .with("weights.learningRate", 0.025)
                .with("space", "darts-cnn")
                .with("dataset", "ab12");
        assertThat(reordered.id()).isEqualTo(facts.id());
    }

    @Test
    void shouldDependOnEveryFact() {
        assertThat(facts.with("code", "1").id()).isNotEqualTo(facts.id());
        assertThat(JobFacts.of("search").with("seed", 1L).id())
                .isNotEqualTo(JobFacts.of("search").with("seed", 2L).id());
        assertThat(JobFacts.of("search").id())
                .isNotEqualTo(JobFacts.of("evaluation").id());
    }

    @Test
    void shouldNotTakeContentForStructure() {
        assertThat(JobFacts.of("search").with("a", "1\n1:b=1:2").id())
                .isNotEqualTo(
                        JobFacts.of("search").with("a", "1").with("b", "2").id());
    }

    @Test
    void shouldTakeBothZerosForOneFact() {
        assertThat(JobFacts.of("x").with("rate", -0.0).id())
                .isEqualTo(JobFacts.of("x").with("rate", 0.0).id());
    }

    @Test
    void shouldRefuseAFactTwiceAndAFactWithoutAName() {
        assertThatThrownBy(() -> facts.with("seed", 3L)).hasMessage("fact 'seed' is given twice ('2' and '3')");
        assertThatThrownBy(() -> facts.with(" ", 3L)).hasMessage("a fact needs a name (its value was '3')");
    }

    @Test
    void shouldRefuseWhatIsNoJobId() {
        assertThatThrownBy(() -> new JobId("AB12"))
                .hasMessage("a job id is 64 lower-case hexadecimal digits (was 'AB12')");
        assertThat(facts.id().abbreviated()).hasSize(12);
        assertThat(facts.id().value()).startsWith(facts.id().abbreviated());
    }

    @Test
    void shouldDigestBytesTextStreamsAndFilesAlike(@TempDir Path folder) throws Exception {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        Path file = Files.writeString(folder.resolve("abc"), "abc");
        assertThat(Digests.sha256("abc")).isEqualTo(abc);
        assertThat(Digests.sha256("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(abc);
        assertThat(Digests.sha256(file)).isEqualTo(abc);
        byte[] large = new byte[200_000];
        new RandomStreams(0).stream("large").nextBytes(large);
        Files.write(file, large);
        assertThat(Digests.sha256(file)).isEqualTo(Digests.sha256(large));
    }

    @Test
    void shouldSayWhatAResultWasComputedOn() {
        Platform platform = Platform.current("PyTorch 2.0.1", "cpu");
        assertThat(platform.engine()).isEqualTo("PyTorch 2.0.1");
        assertThat(platform.device()).isEqualTo("cpu");
        assertThat(platform.java()).contains(System.getProperty("java.runtime.version"));
        assertThat(platform.arch()).isEqualTo(System.getProperty("os.arch"));
    }
}
