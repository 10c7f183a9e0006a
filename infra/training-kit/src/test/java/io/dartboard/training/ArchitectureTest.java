package io.dartboard.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.dartboard.training", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule shouldKnowNoService = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.dartboard.search..",
                    "io.dartboard.derive..",
                    "io.dartboard.eval..",
                    "io.dartboard.transfer..",
                    "io.dartboard.local..",
                    "io.dartboard.bench..");

    @ArchTest
    static final ArchRule shouldReachTheEngineKafkaAndTheStoreThroughTheModulesThatOwnThem = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl..", "org.apache.kafka..", "io.minio..");

    @ArchTest
    static final ArchRule shouldLeaveInjectionToTheServices =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("jakarta..", "io.quarkus..");
}
