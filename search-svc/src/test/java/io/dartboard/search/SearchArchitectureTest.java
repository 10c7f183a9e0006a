package io.dartboard.search;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.dartboard.search", importOptions = ImportOption.DoNotIncludeTests.class)
class SearchArchitectureTest {

    @ArchTest
    static final ArchRule shouldKnowNoOtherService = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.dartboard.derive..", "io.dartboard.eval..", "io.dartboard.transfer..", "io.dartboard.local..");

    @ArchTest
    static final ArchRule shouldReachTheEngineThroughTheCoreAlone = noClasses()
            .that()
            .doNotHaveSimpleName("SearchJobRunner")
            .and()
            .doNotHaveSimpleName("SelfTest")
            .should()
            .dependOnClassesThat(resideInAPackage("ai.djl.."));

    @ArchTest
    static final ArchRule shouldReachKafkaThroughTheKitAlone = noClasses()
            .that()
            .doNotHaveSimpleName("KafkaEventLog")
            .and()
            .doNotHaveSimpleName("ProblemMapping")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.kafka.."));

    @ArchTest
    static final ArchRule shouldReachTheStoreThroughTheKitAlone =
            noClasses().should().dependOnClassesThat(resideInAPackage("io.minio.."));

    @ArchTest
    static final ArchRule shouldKeepContractsOutOfWhatNeedsNone = noClasses()
            .that()
            .haveSimpleNameEndingWith("Resource")
            .or()
            .haveSimpleNameEndingWith("Meters")
            .or()
            .haveSimpleNameStartingWith("Problem")
            .or()
            .haveSimpleName("Body")
            .or()
            .haveSimpleName("SelfTest")
            .should()
            .dependOnClassesThat(resideInAPackage("io.dartboard.events.."));

    @ArchTest
    static final ArchRule shouldHaveNoCircleAmongItsRooms =
            slices().matching("io.dartboard.search.(*)..").should().beFreeOfCycles();
}
