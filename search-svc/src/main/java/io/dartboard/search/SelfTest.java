package io.dartboard.search;

import io.dartboard.nas.search.ArchitectureSelfTest;
import io.dartboard.nas.search.SearchMethod;
import io.dartboard.nas.tensor.Torch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The known-answer check that stands before the first job: for each method that can be asked for, the architecture step
 * must move the alphas as the validation loss demands, and neither step may touch what belongs to the other.
 */
final class SelfTest implements Callable<Optional<String>> {
    private static final Logger LOG = LoggerFactory.getLogger(SelfTest.class);

    private final List<SearchMethod> methods;
    private final Function<SearchMethod, ArchitectureSelfTest.Verdict> check;

    /** The check of all methods on a device. */
    SelfTest(String device) {
        this(SearchMethod.all(), method -> new ArchitectureSelfTest(Torch.device(device), method).run());
    }

    SelfTest(List<SearchMethod> methods, Function<SearchMethod, ArchitectureSelfTest.Verdict> check) {
        this.methods = methods;
        this.check = check;
    }

    /** Empty if all methods pass; else one line with the first that does not. */
    @Override
    public Optional<String> call() {
        for (var method : methods) {
            var verdict = check.apply(method);
            if (!verdict.passed()) {
                return Optional.of("%s: %s".formatted(method.id(), verdict.line()));
            }
            LOG.info("{}: {}", method.id(), verdict.line());
        }
        return Optional.empty();
    }
}
