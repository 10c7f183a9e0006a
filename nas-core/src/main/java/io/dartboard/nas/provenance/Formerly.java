package io.dartboard.nas.provenance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a setting that had another name. A {@link Fingerprint} goes on calling it so, and with it what was begun under that
 * name is gone on with.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Formerly {
    /** The name that fingerprints have. */
    String value();
}
