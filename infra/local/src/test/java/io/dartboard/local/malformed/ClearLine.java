package io.dartboard.local.malformed;

import java.util.List;
import java.util.regex.Pattern;

/** What a reason for people looks like. */
final class ClearLine {
    private static final int LONGEST = 2_100;
    private static final List<Pattern> FOREIGN = List.of(
            Pattern.compile("\\b(java|javax|org|com|io)\\.[a-z]+\\.[a-zA-Z.]+"),
            Pattern.compile("\\b[A-Z][A-Za-z]+(Exception|Error)\\b"),
            Pattern.compile("Cannot invoke|out of bounds|out of range|No enum constant|For input string|has a fault"),
            Pattern.compile("(: |^)(null|-?\\d+)$"));

    private ClearLine() {}

    /** True of one line, not too long, that speaks of events and not of Java. */
    static boolean is(String reason) {
        return !reason.isBlank()
                && reason.length() <= LONGEST
                && reason.codePoints().noneMatch(Character::isISOControl)
                && FOREIGN.stream().noneMatch(each -> each.matcher(reason).find());
    }
}
