package io.dartboard.nas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.dartboard.nas.tensor.Torch;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules between the packages of this module, bottom up; a package that is not listed here fails the test. */
class NasCoreArchitectureTest {
    private static final String ROOT = "io.dartboard.nas.";

    /** Nothing imports from a later line than its own. Packages of one line do not import each other. */
    private static final List<Set<String>> LAYERS = List.of(
            Set.of("provenance", "setting"),
            Set.of("searchspace"),
            Set.of("genotype"),
            Set.of("alpha", "cost"),
            Set.of("derive"),
            Set.of("guard"),
            Set.of("natives"),
            Set.of("tensor"),
            Set.of("data", "onnx"),
            Set.of("optim"),
            Set.of("loop"),
            Set.of("bilevel"),
            Set.of("train"),
            Set.of("image", "text"),
            Set.of("preset", "dataset"));

    /** The shelves of a kind, the same for each, bottom up as the layers. */
    private static final List<Set<String>> SHELVES =
            List.of(Set.of("cost", "data"), Set.of("ops"), Set.of("supernet", "network"), Set.of("search", "train"));

    private static final Set<String> KINDS = Set.of("image", "text");

    private static final Set<String> MAY_TOUCH_DJL =
            Set.of("natives", "tensor", "data", "optim", "bilevel", "image", "text", "train");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.dartboard.nas");

    @Test
    void shouldGiveEveryClassAPlaceInTheLayers() {
        classes()
                .should()
                .resideInAnyPackage(LAYERS.stream()
                        .flatMap(Set::stream)
                        .map(NasCoreArchitectureTest::within)
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @TestFactory
    Stream<DynamicTest> shouldImportNothingUpward() {
        return LAYERS.stream()
                .flatMap(Set::stream)
                .map(name -> DynamicTest.dynamicTest(name, () -> noClasses()
                        .that()
                        .resideInAPackage(within(name))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(notBelow(name))
                        .allowEmptyShould(true)
                        .check(CLASSES)));
    }

    @Test
    void shouldGiveEveryClassOfAKindAPlaceOnItsShelves() {
        classes()
                .that()
                .resideInAnyPackage(
                        KINDS.stream().map(NasCoreArchitectureTest::within).toArray(String[]::new))
                .should()
                .resideInAnyPackage(shelves(SHELVES))
                .check(CLASSES);
    }

    @TestFactory
    Stream<DynamicTest> shouldTakeNothingFromAShelfAbove() {
        return IntStream.range(0, SHELVES.size()).boxed().flatMap(row -> SHELVES.get(row).stream()
                .flatMap(name -> KINDS.stream()
                        .map(kind -> DynamicTest.dynamicTest(kind + "." + name, () -> noClasses()
                                .that()
                                .resideInAPackage(within(kind + "." + name))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(Stream.concat(
                                                Stream.of(shelves(SHELVES.subList(row + 1, SHELVES.size()))),
                                                SHELVES.get(row).stream()
                                                        .filter(other -> !other.equals(name))
                                                        .map(other -> within(kind + "." + other)))
                                        .toArray(String[]::new))
                                .allowEmptyShould(true)
                                .check(CLASSES)))));
    }

    private static String[] shelves(List<Set<String>> rows) {
        return KINDS.stream()
                .flatMap(kind -> rows.stream().flatMap(Set::stream).map(shelf -> within(kind + "." + shelf)))
                .toArray(String[]::new);
    }

    @Test
    void shouldLetSearchAndRetrainingMeetOnlyInTheGenotype() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        within("train"),
                        within("image.train"),
                        within("text.train"),
                        within("image.network"),
                        within("text.network"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        within("alpha"),
                        within("image.supernet"),
                        within("text.supernet"),
                        within("bilevel"),
                        within("image.search"),
                        within("text.search"))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void shouldKeepTheEngineOutOfThePurePackages() {
        noClasses()
                .that()
                .resideOutsideOfPackages(MAY_TOUCH_DJL.stream()
                        .map(NasCoreArchitectureTest::within)
                        .toArray(String[]::new))
                .or()
                .resideInAnyPackage(within("image.cost"), within("text.cost"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(CLASSES);
    }

    /** Where a network is trained is configured, so no line may take a processor or a card for granted. */
    @Test
    void shouldNameADeviceOnlyWhereItsNameIsRead() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Torch.class.getName())
                .should(nameADevice())
                .check(CLASSES);
    }

    @Test
    void shouldNoticeACodeThatNamesADevice() {
        JavaClasses careless = new ClassFileImporter().importClasses(Settled.class);
        assertThatThrownBy(() -> noClasses().should(nameADevice()).check(careless))
                .hasMessageContaining("(3 times)");
    }

    @SuppressWarnings("unused")
    private static final class Settled {
        Device call() {
            return Device.cpu();
        }

        Supplier<Device> reference() {
            return Device::gpu;
        }

        NDManager manager() {
            return NDManager.newBaseManager();
        }

        NDManager harmless(Device device) {
            return NDManager.newBaseManager(device);
        }
    }

    private static ArchCondition<JavaClass> nameADevice() {
        Set<String> makers = Set.of("cpu", "gpu", "of", "fromName");
        Predicate<JavaCodeUnitAccess<?>> named =
                access -> access.getTargetOwner().isEquivalentTo(Device.class) && makers.contains(access.getName());
        Predicate<JavaCodeUnitAccess<?>> theDefault =
                access -> access.getTargetOwner().isEquivalentTo(NDManager.class)
                        && access.getName().equals("newBaseManager")
                        && access.getTarget().getRawParameterTypes().stream()
                                .noneMatch(parameter -> parameter.isEquivalentTo(Device.class));
        return new ArchCondition<>("name a device or take the default one") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream.<JavaCodeUnitAccess<?>>concat(
                                type.getMethodCallsFromSelf().stream(), type.getMethodReferencesFromSelf().stream())
                        .filter(named.or(theDefault))
                        .forEach(call -> events.add(SimpleConditionEvent.satisfied(call, call.getDescription())));
            }
        };
    }

    @Test
    void shouldKnowNoKafkaNoQuarkusAndNoObjectStore() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "io.quarkus..",
                        "io.minio..",
                        "io.smallrye..",
                        "jakarta..",
                        "io.micrometer..")
                .check(CLASSES);
    }

    /**
     * The engine may free the buffer of a Java number before the backward pass reads it, and then the gradient is
     * silently wrong. Only the tensor layer, which keeps scalars alive, may call those overloads.
     */
    @Test
    void shouldLetNoJavaNumberMeetATensorOutsideTheTensorLayer() {
        classes()
                .that()
                .resideOutsideOfPackage(within("tensor"))
                .should(callNoNumberOverloads())
                .check(CLASSES);
    }

    @Test
    void shouldNoticeEveryWayInWhichAJavaNumberMeetsATensor() {
        JavaClasses careless = new ClassFileImporter().importClasses(Careless.class);
        assertThatThrownBy(() -> classes().should(callNoNumberOverloads()).check(careless))
                .hasMessageContaining("(3 times)");
    }

    @SuppressWarnings("unused")
    private static final class Careless {
        NDArray call(NDArray weights) {
            return weights.mul(2f);
        }

        BiFunction<NDArray, Number, NDArray> reference() {
            return NDArray::addi;
        }

        NDArray helper(NDArray weights) {
            return NDArrays.div(1f, weights);
        }

        NDArray harmless(NDArray weights) {
            return weights.mul(weights);
        }
    }

    private static ArchCondition<JavaClass> callNoNumberOverloads() {
        Set<String> arithmetic =
                Set.of("add", "addi", "sub", "subi", "mul", "muli", "div", "divi", "pow", "powi", "mod", "modi");
        Predicate<JavaCodeUnitAccess<?>> meetsANumber =
                access -> Stream.of("ai.djl.ndarray.NDArray", "ai.djl.ndarray.NDArrays")
                                .anyMatch(access.getTargetOwner()::isAssignableTo)
                        && arithmetic.contains(access.getName())
                        && access.getTarget().getRawParameterTypes().stream()
                                .anyMatch(parameter -> parameter.isEquivalentTo(Number.class));
        return new ArchCondition<>("not call arithmetic of a tensor with a Java number") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                // Calls and method references alike.
                Stream.<JavaCodeUnitAccess<?>>concat(
                                type.getMethodCallsFromSelf().stream(), type.getMethodReferencesFromSelf().stream())
                        .filter(meetsANumber)
                        .forEach(call -> events.add(SimpleConditionEvent.violated(call, call.getDescription())));
            }
        };
    }

    private static String[] notBelow(String name) {
        int layer = 0;
        while (!LAYERS.get(layer).contains(name)) {
            layer++;
        }
        return LAYERS.subList(layer, LAYERS.size()).stream()
                .flatMap(Set::stream)
                .filter(other -> !other.equals(name))
                .map(NasCoreArchitectureTest::within)
                .toArray(String[]::new);
    }

    private static String within(String name) {
        return ROOT + name + "..";
    }
}
