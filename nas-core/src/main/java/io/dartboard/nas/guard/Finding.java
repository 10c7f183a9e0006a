package io.dartboard.nas.guard;

/**
 * What a rule has found.
 *
 * @param rule its name
 * @param severity how bad it is
 * @param reason one line for people, with the numbers
 * @param healthyUntil the last epoch that can have been healthy by this rule
 */
public record Finding(String rule, Severity severity, String reason, int healthyUntil) {
    /** How bad a finding is. */
    public enum Severity {
        /** Worth a word. */
        WARNING,
        /** The search has found its cell; more epochs would be wasted. */
        SETTLED,
        /** The search collapses. */
        COLLAPSE
    }
}
