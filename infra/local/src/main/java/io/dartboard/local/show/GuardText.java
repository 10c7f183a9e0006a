package io.dartboard.local.show;

import io.dartboard.events.Alarm;
import io.dartboard.events.SearchRelaunched;
import io.dartboard.events.SearchSteered;

/** What the guard of a search has told, for people. */
final class GuardText {
    private GuardText() {}

    /** Of a word on how a search goes on: what was found, what is done, and why. */
    static String line(SearchSteered word) {
        return "%s at epoch %d, %s: %s"
                .formatted(alarm(word.getAlarm()), word.getAt(), action(word), String.join("; ", word.getReasons()));
    }

    /** Of a search that was made anew. */
    static String line(SearchRelaunched relaunched) {
        return "relaunch %d with %s: %s"
                .formatted(relaunched.getNumber(), relaunched.getRemedy(), relaunched.getChange());
    }

    private static String alarm(Alarm alarm) {
        return switch (alarm) {
            case COLLAPSE -> "collapse";
            case SETTLED -> "settled";
            case WARNING -> "warning";
            case NONE, UNKNOWN -> "word";
        };
    }

    private static String action(SearchSteered word) {
        return switch (word.getAction()) {
            case CONTINUE, UNKNOWN -> "goes on";
            case STOP -> "stopped there";
            case ROLL_BACK -> "back to the cell of epoch " + word.getEpoch();
            case RELAUNCH ->
                word.getEpoch() > 0
                        ? "made anew, with the cell of epoch %d to fall back on".formatted(word.getEpoch())
                        : "made anew";
        };
    }
}
