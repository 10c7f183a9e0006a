package io.dartboard.pipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.dartboard.pipeline", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule shouldKnowNoScienceAndNoService = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "ai.djl..",
                    "io.dartboard.nas..",
                    "io.dartboard.core..",
                    "io.dartboard.training..",
                    "io.dartboard.search..",
                    "io.dartboard.derive..",
                    "io.dartboard.eval..",
                    "io.dartboard.transfer..",
                    "io.dartboard.local..");

    @ArchTest
    static final ArchRule shouldLeaveTheMinioClientToTheStore = noClasses()
            .that()
            .resideOutsideOfPackage("io.dartboard.pipeline.artifact")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.minio..", "okhttp3..");

    @ArchTest
    static final ArchRule shouldLeaveInjectionToTheWiring = noClasses()
            .that()
            .resideOutsideOfPackage("io.dartboard.pipeline.wiring")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "io.quarkus..");
}
