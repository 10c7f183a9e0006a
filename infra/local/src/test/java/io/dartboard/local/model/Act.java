package io.dartboard.local.model;

import java.util.SplittableRandom;

/**
 * Something that happens in the model. What it is about is chosen by its numbers from what there is by then, so that a
 * story makes sense whatever is left out of it; where there is nothing to choose from, nothing happens.
 *
 * @param kind what
 * @param a chooses who or what it is about
 * @param b chooses the rest
 */
record Act(Kind kind, int a, int b) {
    private static final int TOTAL = totalWeight();

    /** Kinds, and how likely they are. */
    enum Kind {
        READ(40),
        CALM(4),
        TICK(4),
        PASS(5),
        REQUEST(7),
        PAUSE(4),
        RESUME(5),
        CANCEL(4),
        BUDGET(4),
        REQUEST_BY_EVENT(1),
        REQUEST_NEXT_BY_EVENT(1),
        REPEAT(4),
        LOSE_JOB(2),
        TAKE(14),
        LISTEN(6),
        WORK(8),
        FINISH(12),
        FINISH_UNHEARD(2),
        FAIL(2),
        REFUSE(1),
        CRASH(2),
        FREEZE(2),
        THAW(2);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    static Act any(SplittableRandom random) {
        var left = random.nextInt(TOTAL);
        for (var kind : Kind.values()) {
            left -= kind.weight;
            if (left < 0) {
                return new Act(kind, random.nextInt(1 << 16), random.nextInt(1 << 16));
            }
        }
        throw new IllegalStateException("the weights add up");
    }

    private static int totalWeight() {
        var total = 0;
        for (var kind : Kind.values()) {
            total += kind.weight;
        }
        return total;
    }
}
