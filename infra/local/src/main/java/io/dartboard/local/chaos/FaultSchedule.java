package io.dartboard.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which faults strike when: a function of the seed alone. The kinds are dealt from a deck that is shuffled anew when it is
 * empty, so that a short time, too, sees each of them.
 */
final class FaultSchedule {
    private static final Duration LEAST_LASTS = Duration.ofMillis(500);

    private FaultSchedule() {}

    /**
     * Draws a schedule.
     *
     * @param length the last fault strikes before
     * @param mean mean time between two faults
     * @param longest a fault that is undone lasts so long at most
     */
    static List<Strike> draw(long seed, Duration length, Duration mean, Duration longest) {
        var random = new Random(seed);
        var strikes = new ArrayList<Strike>();
        var deck = new ArrayList<FaultKind>();
        var at = Duration.ZERO;
        while (true) {
            // Between a half and one and a half of the mean: neither hail nor calm.
            at = at.plus(Duration.ofMillis((long) (mean.toMillis() * (0.5 + random.nextDouble()))));
            if (at.compareTo(length) >= 0) {
                return strikes;
            }
            if (deck.isEmpty()) {
                for (var kind : FaultKind.values()) {
                    deck.addAll(Collections.nCopies(kind.share(), kind));
                }
                Collections.shuffle(deck, random);
            }
            var lasts = LEAST_LASTS.plus(
                    Duration.ofMillis((long) (longest.minus(LEAST_LASTS).toMillis() * random.nextDouble())));
            strikes.add(new Strike(at, deck.remove(deck.size() - 1), random.nextDouble(), lasts, random.nextLong()));
        }
    }
}
