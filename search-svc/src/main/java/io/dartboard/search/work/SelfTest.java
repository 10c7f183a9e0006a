package io.dartboard.search.work;

import io.dartboard.nas.bilevel.ArchitectureSelfTest;
import io.dartboard.nas.natives.Devices;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.pipeline.wiring.Machines;
import io.dartboard.training.kind.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The known-answer check that stands before the first job: in each space and for each method that can be asked for, the
 * architecture step must move the alphas as the validation loss demands, and neither step may touch what belongs to the
 * other.
 */
public final class SelfTest implements Machines.SelfTest {
    private static final Logger LOG = LoggerFactory.getLogger(SelfTest.class);

    private final List<Check> checks;

    /** The check of all methods in all spaces. */
    public SelfTest() {
        this(Kind.all().stream().flatMap(SelfTest::checks).toList());
    }

    private static Stream<Check> checks(Kind kind) {
        var space = kind.usualSpace().id();
        return ArchitectureSelfTest.checkable(kind.methods()).stream()
                .map(method -> new Check(space, method.id(), device -> new ArchitectureSelfTest(
                                Torch.device(device), kind.rehearsal(), method)
                        .run()));
    }

    public SelfTest(List<Check> checks) {
        this.checks = checks;
    }

    /**
     * The check of one method.
     *
     * @param space id of the space that it searches
     * @param method its id
     * @param on runs the check on a device
     */
    public record Check(String space, String method, Function<String, ArchitectureSelfTest.Verdict> on) {}

    @Override
    public Optional<String> unusable(String device) {
        return Devices.trouble(Torch.device(device));
    }

    /** Empty if all methods pass; else one line with the first that does not. */
    @Override
    public Optional<String> on(String device) {
        for (var check : checks) {
            var verdict = check.on().apply(device);
            if (!verdict.passed()) {
                return Optional.of("%s %s: %s".formatted(check.space(), check.method(), verdict.line()));
            }
            LOG.info("{} {} on {}: {}", check.space(), check.method(), device, verdict.line());
        }
        return Optional.empty();
    }
}
