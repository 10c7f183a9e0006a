package io.dartboard.search.work;

import io.dartboard.nas.bilevel.ArchitectureSelfTest;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.natives.Devices;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.pipeline.wiring.Machines;
import io.dartboard.training.kind.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The known-answer check that stands before the first job: in each space the architecture step must move the alphas as the
 * validation loss demands, in the first and in the second order, and neither step may touch what belongs to the other. The
 * other methods are checked before the first search by each ({@link MethodChecks}): all of them at every start would keep a
 * service from its work for half a minute.
 */
public final class SelfTest implements Machines.SelfTest {
    private static final Logger LOG = LoggerFactory.getLogger(SelfTest.class);

    private final List<Check> checks;

    private static final List<SearchMethod> AT_START =
            List.of(SearchMethods.DARTS_FIRST_ORDER, SearchMethods.DARTS_SECOND_ORDER);

    /** The check that is made at start. */
    public SelfTest() {
        this(Kind.all().stream()
                .flatMap(kind -> AT_START.stream().map(method -> check(kind, method)))
                .toList());
    }

    private static Check check(Kind kind, SearchMethod method) {
        return new Check(kind.usualSpace().id(), method.id(), device -> new ArchitectureSelfTest(
                        Torch.device(device), kind.rehearsal(), method)
                .run());
    }

    /** The check of one method of a kind; empty for one that follows no slope, of which there is nothing to check. */
    static Optional<Check> of(Kind kind, SearchMethod method) {
        return ArchitectureSelfTest.checkable(List.of(method)).stream()
                .findFirst()
                .map(known -> check(kind, known));
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
