package io.dartboard.search;

import io.dartboard.nas.search.ArchitectureSelfTest;
import io.dartboard.nas.search.SearchMethod;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.pipeline.wiring.Machines;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The known-answer check that stands before the first job: for each method that can be asked for, the architecture step
 * must move the alphas as the validation loss demands, and neither step may touch what belongs to the other.
 */
final class SelfTest implements Machines.SelfTest {
    private static final Logger LOG = LoggerFactory.getLogger(SelfTest.class);

    private final List<SearchMethod> methods;
    private final BiFunction<String, SearchMethod, ArchitectureSelfTest.Verdict> check; // of a device and a method

    /** The check of all methods. */
    SelfTest() {
        this(SearchMethod.all(), (device, method) -> new ArchitectureSelfTest(Torch.device(device), method).run());
    }

    SelfTest(List<SearchMethod> methods, BiFunction<String, SearchMethod, ArchitectureSelfTest.Verdict> check) {
        this.methods = methods;
        this.check = check;
    }

    /** Empty if all methods pass; else one line with the first that does not. */
    @Override
    public Optional<String> on(String device) {
        for (var method : methods) {
            var verdict = check.apply(device, method);
            if (!verdict.passed()) {
                return Optional.of("%s: %s".formatted(method.id(), verdict.line()));
            }
            LOG.info("{} on {}: {}", method.id(), device, verdict.line());
        }
        return Optional.empty();
    }
}
