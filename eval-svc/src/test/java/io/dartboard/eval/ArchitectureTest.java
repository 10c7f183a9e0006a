package io.dartboard.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.dartboard.eval", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule shouldKnowNoOtherService = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.dartboard.search..",
                    "io.dartboard.derive..",
                    "io.dartboard.transfer..",
                    "io.dartboard.local..");

    @ArchTest
    static final ArchRule shouldReachKafkaAndTheStoreThroughTheKit =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..", "io.minio..");

    @ArchTest
    static final ArchRule shouldReachTheEngineThroughTheScience =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("ai.djl..");

    @ArchTest
    static final ArchRule shouldLetContractsEndAtTheEdge = noClasses()
            .that()
            .haveNameNotMatching(".*(Planner|Worker|Runner|Events|Book|CellChoice)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.dartboard.events..");
}
