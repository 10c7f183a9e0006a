package io.dartboard.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Says nothing of thousands of mishaps that are meant to be. */
public final class SilentLog implements BeforeEachCallback, AfterEachCallback {
    private final Logger log = (Logger) LoggerFactory.getLogger("io.dartboard");

    @Override
    public void beforeEach(ExtensionContext context) {
        log.setLevel(Level.OFF);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        log.setLevel(null);
    }
}
