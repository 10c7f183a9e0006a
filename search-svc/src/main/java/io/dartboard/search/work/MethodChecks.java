package io.dartboard.search.work;

import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.search.work.SelfTest.Check;
import io.dartboard.training.kind.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The known-answer check of a method before the first search by it on a device: a method whose architecture step does nothing
 * takes no device time. What has passed is not checked again by this process.
 */
final class MethodChecks {
    private static final Logger LOG = LoggerFactory.getLogger(MethodChecks.class);

    private final BiFunction<Kind, SearchMethod, Optional<Check>> checks;
    private final Set<String> passed = ConcurrentHashMap.newKeySet();

    MethodChecks() {
        this(SelfTest::of);
    }

    MethodChecks(BiFunction<Kind, SearchMethod, Optional<Check>> checks) {
        this.checks = checks;
    }

    /**
     * Checks it unless it has passed before.
     *
     * @throws IllegalStateException with one line, if it does not pass
     */
    void require(Kind kind, SearchMethod method, String device) {
        var check = checks.apply(kind, method);
        if (check.isEmpty()) {
            return;
        }
        var what = "%s %s on %s".formatted(check.get().space(), method.id(), device);
        if (passed.contains(what)) {
            return;
        }
        var verdict = check.get().on().apply(device);
        if (!verdict.passed()) {
            throw new IllegalStateException("%s: %s".formatted(what, verdict.line()));
        }
        passed.add(what);
        LOG.info("{}: {}", what, verdict.line());
    }
}
