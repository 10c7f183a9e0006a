package io.dartboard.nas;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Torch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whoever reads a number from a device waits until the device has done all it was told, and it then idles until it is told
 * more. So numbers are read for a checkpoint, a report or a judgement, and never in a step. This follows every call that a
 * step can lead to, through lambdas, method references and all implementations of an interface.
 */
class DeviceReadsTest {
    /** Methods of an array that bring its values, or a shape that depends on them, to the heap. */
    private static final Set<String> READS = Set.of(
            "getLong",
            "getDouble",
            "getFloat",
            "getInt",
            "getByte",
            "getUint8",
            "getBoolean",
            "contentEquals",
            "allClose",
            "equals",
            "encode",
            "toByteBuffer",
            "getByteBuffer",
            "toDebugString",
            "nonzero",
            "booleanMask");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.dartboard.nas");

    @ParameterizedTest
    @CsvSource({
        "io.dartboard.nas.loop.EpochEngine, takeStep, io.dartboard.nas.bilevel.AlternatingStep",
        "io.dartboard.nas.loop.EpochEngine, takeStep, io.dartboard.nas.image.train.TrainingStep",
        "io.dartboard.nas.loop.EpochEngine, takeStep, io.dartboard.nas.text.train.RecurrentTrainingStep",
        "io.dartboard.nas.bilevel.SearchWork, step, io.dartboard.nas.bilevel.Unrolled",
        "io.dartboard.nas.bilevel.SearchWork, step, io.dartboard.nas.bilevel.FirstOrder",
        "io.dartboard.nas.bilevel.SearchWork, step, io.dartboard.nas.text.search.PublishedUnrolled",
        "io.dartboard.nas.bilevel.SearchWork, step, io.dartboard.nas.text.ops.TiedDecoder",
        "io.dartboard.nas.bilevel.SearchWork, step, io.dartboard.nas.image.ops.SeparableConv$Bundled",
        "io.dartboard.nas.bilevel.SearchWork, step, io.dartboard.nas.optim.Adam",
        "io.dartboard.nas.image.train.TrainingStep, take, io.dartboard.nas.image.network.AuxiliaryHead",
        "io.dartboard.nas.image.train.TrainingStep, take, io.dartboard.nas.image.ops.SeparableConv",
        "io.dartboard.nas.image.train.TrainingStep, take, io.dartboard.nas.optim.Sgd",
        "io.dartboard.nas.text.train.RecurrentTrainingStep, take, io.dartboard.nas.optim.Asgd"
    })
    void shouldReadNothingFromTheDeviceInAStep(String type, String method, String onTheWay) {
        Map<JavaCodeUnit, List<String>> reached = reachedFrom(CLASSES, type, method);

        assertThat(reached.keySet()).anyMatch(unit -> unit.getOwner().getName().equals(onTheWay));
        assertThat(reads(reached)).isEmpty();
    }

    /**
     * A copy from the heap waits for the device as well, so images are there before a step, and what else it needs comes to
     * it in few small pieces, at known places.
     */
    @ParameterizedTest
    @CsvSource({
        "io.dartboard.nas.bilevel.SearchWork, step, DeviceTokens.of",
        "io.dartboard.nas.image.train.TrainingStep, take, DropPath.draw"
    })
    void shouldCopyToTheDeviceOnlyWhatIsSmall(String type, String method, String one) {
        Set<String> expected =
                Set.of("DropPath.draw", "DeviceTokens.of", "Mask.toDevice", "ChannelConstants.indices", "Noise.on");

        Set<String> copying = reachedFrom(CLASSES, type, method).keySet().stream()
                .filter(unit -> !unit.getOwner().isEquivalentTo(Copy.class))
                .filter(unit -> accessesOf(unit).anyMatch(DeviceReadsTest::copies))
                .map(DeviceReadsTest::nameOf)
                .collect(Collectors.toSet());

        assertThat(copying).contains(one).isSubsetOf(expected);
    }

    /** Without it the first test would be green if it followed nothing. */
    @ParameterizedTest
    @CsvSource({
        "io.dartboard.nas.bilevel.SearchLoop, snapshot, SearchState.tensors",
        "io.dartboard.nas.loop.EpochEngine, judge, EpochSums.totals",
        "io.dartboard.nas.loop.EpochEngine, judge, HeldOut.logits",
        "io.dartboard.nas.loop.EpochEngine, judge, Judge.loss"
    })
    void shouldFindTheReadsOfCheckpointsAndJudgements(String type, String method, String onTheWay) {
        Map<JavaCodeUnit, List<String>> reached = reachedFrom(CLASSES, type, method);

        assertThat(reached.keySet()).anyMatch(unit -> nameOf(unit).equals(onTheWay));
        assertThat(reads(reached)).isNotEmpty();
    }

    @Test
    void shouldNoticeEveryWayToReadANumber() {
        JavaClasses careless =
                new ClassFileImporter().importClasses(Careless.class, Reader.class, Hidden.class, Copy.class);

        assertThat(List.of("directly", "inALambda", "byReference", "throughAnInterface", "inAConstructor"))
                .allSatisfy(method -> assertThat(reads(reachedFrom(careless, Careless.class.getName(), method)))
                        .as(method)
                        .isNotEmpty());
        assertThat(reads(reachedFrom(careless, Careless.class.getName(), "harmless")))
                .isEmpty();
    }

    private interface Reader {
        float read(NDArray array);
    }

    private static final class Hidden implements Reader {
        private final long first;

        Hidden(NDArray array) {
            first = array.toLongArray()[0];
        }

        @Override
        public float read(NDArray array) {
            return array.getFloat() + first;
        }
    }

    @SuppressWarnings("unused")
    private static final class Careless {
        double directly(NDArray array) {
            return Copy.scalar(array);
        }

        NDArray inALambda(NDArray array) {
            return Torch.consume(array, x -> x.contentEquals(array) ? x : array);
        }

        Function<NDArray, float[]> byReference() {
            return NDArray::toFloatArray;
        }

        float throughAnInterface(Reader reader, NDArray array) {
            return reader.read(array);
        }

        Object inAConstructor(NDArray array) {
            return new Hidden(array);
        }

        long harmless(NDArray array) {
            return array.add(array).getShape().size();
        }
    }

    /** Every method that a method can lead to, with the way there. */
    private static Map<JavaCodeUnit, List<String>> reachedFrom(JavaClasses classes, String type, String method) {
        Map<JavaCodeUnit, List<String>> ways = new LinkedHashMap<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>();
        classes.get(type).getMethods().stream()
                .filter(each -> each.getName().equals(method))
                .forEach(root -> {
                    ways.put(root, List.of(nameOf(root)));
                    open.add(root);
                });
        assertThat(open).as("methods %s of %s", method, type).isNotEmpty();
        while (!open.isEmpty()) {
            JavaCodeUnit from = open.remove();
            List<String> way = ways.getOrDefault(from, List.of());
            accessesOf(from).flatMap(DeviceReadsTest::targets).forEach(target -> {
                if (!ways.containsKey(target)) {
                    ways.put(
                            target,
                            Stream.concat(way.stream(), Stream.of(nameOf(target)))
                                    .toList());
                    open.add(target);
                }
            });
        }
        return ways;
    }

    private static List<String> reads(Map<JavaCodeUnit, List<String>> reached) {
        return reached.entrySet().stream()
                .flatMap(entry -> accessesOf(entry.getKey())
                        .filter(DeviceReadsTest::reads)
                        .map(access -> String.join(" -> ", entry.getValue()) + " -> " + access.getName()))
                .toList();
    }

    private static boolean reads(JavaCodeUnitAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        return owner.startsWith("ai.djl.")
                && (READS.contains(name) || (name.startsWith("to") && name.endsWith("Array")));
    }

    private static boolean copies(JavaCodeUnitAccess<?> access) {
        String name = access.getName();
        return (access.getTargetOwner().isEquivalentTo(Copy.class) && name.equals("toDevice"))
                || (access.getTargetOwner().isAssignableTo(NDManager.class) && name.equals("create"));
    }

    // The library counts what a lambda does as done by the method that it stands in.
    private static Stream<JavaCodeUnitAccess<?>> accessesOf(JavaCodeUnit unit) {
        return Stream.of(
                        unit.getMethodCallsFromSelf(),
                        unit.getMethodReferencesFromSelf(),
                        unit.getConstructorCallsFromSelf(),
                        unit.getConstructorReferencesFromSelf())
                .flatMap(Set::stream);
    }

    /** What a call may arrive at: the method it names, and every one that overrides it. */
    private static Stream<JavaCodeUnit> targets(JavaCodeUnitAccess<?> access) {
        String[] parameters = access.getTarget().getRawParameterTypes().stream()
                .map(JavaClass::getName)
                .toArray(String[]::new);
        Stream<JavaCodeUnit> named = access.getTarget().resolveMember().stream().map(JavaCodeUnit.class::cast);
        Stream<JavaCodeUnit> overriding = access.getTargetOwner().getAllSubclasses().stream()
                .flatMap(type -> type.tryGetMethod(access.getName(), parameters).stream());
        return Stream.concat(named, overriding)
                .filter(unit -> unit.getOwner().getName().startsWith("io.dartboard."));
    }

    private static String nameOf(JavaCodeUnit unit) {
        return unit.getOwner().getSimpleName() + "." + unit.getName();
    }
}
