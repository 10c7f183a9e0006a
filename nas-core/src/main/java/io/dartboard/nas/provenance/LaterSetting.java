package io.dartboard.nas.provenance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a setting that came after release 0.3.0. While it is neutral it leaves no trace in a {@link Fingerprint}, so that
 * what was begun before it came is gone on with.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface LaterSetting {
    /** The value, as text, with which all is as it was before: {@code 0.0}, {@code false}. */
    String neutral();
}
