package io.dartboard.eval;

import io.dartboard.eval.RacingRule.Outlook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Trainings of which the best is wanted, some done and some not. One that is not falls out once what it comes to at best is worse
 * than what another has come to, or comes to at worst: then it can no longer be the best, whatever becomes of the others. The one
 * that leads never falls out by that, so one at least is trained to its end.
 *
 * @param done those that have their result
 * @param running those that have not, as they stand
 */
record Race(List<Done> done, List<Standing> running) {
    Race {
        done = List.copyOf(done);
        running = List.copyOf(running);
    }

    /** A training and what it has come to. */
    record Done(String job, double end) {}

    /**
     * Who falls out.
     *
     * @param leader the training that it cannot overtake
     * @param toBeat what that has come to, or comes to at worst
     * @param leaderIsDone which of both
     */
    record Outpaced(Standing standing, Outlook outlook, String leader, double toBeat, boolean leaderIsDone) {}

    /** What a training comes to at worst, if it is known. */
    private record Mark(String job, double worst, boolean isDone) {}

    /** A training with what it comes to. */
    private record Seen(Standing standing, Outlook outlook) {
        Mark mark() {
            return new Mark(standing.job(), outlook.worst(), false);
        }
    }

    /** Those that fall out now, in the order of {@link #running}. */
    List<Outpaced> outpaced(RacingRule rule, List<LearningCurve> earlier) {
        var seen = new ArrayList<Seen>();
        for (var standing : running) {
            rule.outlook(standing, earlier).ifPresent(outlook -> seen.add(new Seen(standing, outlook)));
        }
        var leader = Stream.concat(
                        done.stream().map(each -> new Mark(each.job(), each.end(), true)),
                        seen.stream().map(Seen::mark))
                .min(Comparator.comparingDouble(Mark::worst));
        return seen.stream()
                .filter(each -> each.standing().isDue())
                .flatMap(each -> leader.flatMap(mark -> outpaced(each, mark)).stream())
                .toList();
    }

    private static Optional<Outpaced> outpaced(Seen seen, Mark leader) {
        return seen.outlook().best() > leader.worst()
                ? Optional.of(
                        new Outpaced(seen.standing(), seen.outlook(), leader.job(), leader.worst(), leader.isDone()))
                : Optional.empty();
    }
}
