package io.dartboard.derive;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.dartboard.nas.searchspace.OperationCatalogue;
import io.dartboard.nas.searchspace.Primitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AnalyzeClasses(packages = "io.dartboard.derive", importOptions = ImportOption.DoNotIncludeTests.class)
class DeriveArchitectureTest {

    @ArchTest
    static final ArchRule shouldKnowNoOtherService = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.dartboard.search..",
                    "io.dartboard.eval..",
                    "io.dartboard.transfer..",
                    "io.dartboard.local..",
                    "io.dartboard.training..",
                    "ai.djl..");

    @ArchTest
    static final ArchRule shouldKeepContractsAtItsEdge = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Planner")
            .and()
            .haveSimpleNameNotEndingWith("Events")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.dartboard.events..");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ai/djl/ndarray/NDArray.class",
                "ai/djl/pytorch/engine/PtEngine.class",
                "native/lib/pytorch.properties",
            })
    void shouldHaveNoEngineAndNoNativeLibraryOfOneOnItsClassPath(String resource) {
        assertThat(getClass().getClassLoader().getResource(resource)).isNull();
    }

    /** Cells are read here: no operation may need the engine to say what it is called. */
    @Test
    void shouldKnowEveryOperationWithoutAnEngine() {
        assertThat(OperationCatalogue.installed().primitives()).containsAll(Primitive.PUBLISHED);
    }

    @Test
    void shouldSeeWhatIsOnItsClassPath() {
        // Guards the test above: a misspelt resource would be absent as well.
        assertThat(getClass().getClassLoader().getResource("io/dartboard/nas/derive/TopTwo.class"))
                .isNotNull();
    }
}
