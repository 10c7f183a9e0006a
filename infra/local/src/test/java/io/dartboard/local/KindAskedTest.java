package io.dartboard.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.dartboard.events.Measure;
import io.dartboard.events.Task;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where it is asked whether images or a text are trained on: in every module, in as few places as are listed here. */
class KindAskedTest {
    /** What belongs to one kind says so of itself, and asks nothing. */
    private static final Set<String> OF_A_KIND = Set.of(
            "io.dartboard.nas.image",
            "io.dartboard.nas.text",
            "io.dartboard.training.image",
            "io.dartboard.training.text",
            "io.dartboard.training.kind.ImageKind",
            "io.dartboard.training.kind.TextKind");

    /** Those that may ask: a dozen at most. */
    private static final Set<String> MAY_ASK = Set.of(
            "io.dartboard.nas.genotype.Architecture",
            "io.dartboard.nas.genotype.Genotype",
            "io.dartboard.nas.genotype.NamedGenotype",
            "io.dartboard.nas.genotype.RecurrentGenotype",
            "io.dartboard.nas.derive.Discretization",
            "io.dartboard.training.kind.Kind",
            "io.dartboard.pipeline.score.Scale",
            "io.dartboard.pipeline.view.RunView",
            "io.dartboard.search.dataset.DatasetRequest",
            "io.dartboard.local.CountCommand",
            "io.dartboard.local.show.NetworkScale",
            "io.dartboard.pipeline.job.Throughput");

    private static final Set<String> SPACES_AND_CELLS = Stream.of(
                    CnnSpace.class,
                    ConvolutionalSpace.class,
                    RecurrentSpace.class,
                    Genotype.class,
                    RecurrentGenotype.class)
            .map(Class::getName)
            .collect(Collectors.toSet());

    private static final Set<String> ASKING = Set.of("getRecurrent", "isMeantBy");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.dartboard");

    @Test
    void shouldBeAskedInADozenPlacesAtMost() {
        assertThat(MAY_ASK).hasSizeLessThanOrEqualTo(12);
        noClasses()
                .that(DescribedPredicate.describe(
                        "belong to no kind and are not listed",
                        type -> OF_A_KIND.stream().noneMatch(type.getName()::startsWith)
                                && !isGenerated(type)
                                && !MAY_ASK.contains(outermost(type))))
                .should(ask())
                .check(CLASSES);
    }

    @Test
    void shouldListNobodyWhoDoesNotAsk() {
        var asking = CLASSES.stream()
                .filter(type -> !questions(type).isEmpty())
                .map(KindAskedTest::outermost)
                .collect(Collectors.toSet());
        assertThat(asking).containsAll(MAY_ASK);
    }

    @Test
    void shouldNoticeEachWayOfAsking() {
        var curious = new ClassFileImporter().importClass(Curious.class);
        assertThat(questions(curious)).hasSize(4);
    }

    @SuppressWarnings("unused")
    private static final class Curious {
        boolean bySpace(Object space) {
            return space instanceof RecurrentSpace;
        }

        boolean byMeasure(Measure measure) {
            return measure == Measure.PERPLEXITY;
        }

        boolean byTask(Task task) {
            return task == Task.LANGUAGE_MODEL;
        }

        boolean byCell(String genotype) {
            return RecurrentGenotype.isMeantBy(genotype);
        }
    }

    private static ArchCondition<JavaClass> ask() {
        return new ArchCondition<>("ask whether images or a text are trained on") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                questions(type)
                        .forEach(question -> events.add(SimpleConditionEvent.satisfied(
                                type, "%s asks: %s".formatted(type.getName(), question))));
            }
        };
    }

    private static List<String> questions(JavaClass type) {
        var instances = type.getInstanceofChecks().stream()
                .filter(check -> SPACES_AND_CELLS.contains(check.getRawType().getName()))
                .map(Object::toString);
        var calls = type.getMethodCallsFromSelf().stream()
                .filter(call -> ASKING.contains(call.getName()))
                .map(JavaMethodCall::getDescription);
        var constants = type.getFieldAccessesFromSelf().stream()
                .filter(access -> access.getTargetOwner().isEquivalentTo(Measure.class)
                        || access.getTargetOwner().isEquivalentTo(Task.class))
                .filter(access -> !access.getName().equals("UNKNOWN"))
                .map(JavaFieldAccess::getDescription);
        return Stream.of(instances, calls, constants).flatMap(each -> each).toList();
    }

    private static boolean isGenerated(JavaClass type) {
        return type.getPackageName().equals("io.dartboard.events");
    }

    private static String outermost(JavaClass type) {
        var name = type.getName();
        return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
    }
}
