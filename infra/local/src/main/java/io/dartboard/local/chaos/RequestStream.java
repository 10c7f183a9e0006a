package io.dartboard.local.chaos;

import io.dartboard.pipeline.view.RunState;
import io.dartboard.pipeline.view.RunView;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * What people ask while faults strike: new runs, the same again, pause, resume, cancel and again, drawn by the seed from
 * what the runs' states allow. A request that fails is no loss: people ask again.
 */
final class RequestStream {
    private final TwinRuns twins;
    private final Door door;
    private final Witness witness;
    private final Random random;
    private final int mostAtOnce;
    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final Map<Request, int[]> counts = new EnumMap<>(Request.class);
    private int next = 1;

    /**
     * Asks nothing yet.
     *
     * @param mostAtOnce runs that may be under way before another is asked for
     */
    RequestStream(TwinRuns twins, Door door, Witness witness, long seed, int mostAtOnce) {
        this.twins = twins;
        this.door = door;
        this.witness = witness;
        this.random = new Random(seed);
        this.mostAtOnce = mostAtOnce;
    }

    /** Kinds of requests. */
    enum Request {
        SUBMIT,
        SAME_AGAIN,
        PAUSE,
        RESUME,
        CANCEL,
        ANEW;

        String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** A twin by family and number. */
    record Asked(int family, int number) {}

    /** Makes one request; one line for people, empty where nothing could be asked. */
    synchronized Optional<String> step() {
        var going = witness.runs().stream()
                .filter(view -> asked.containsKey(view.run()))
                .toList();
        var live = going.stream().filter(view -> !view.state().ended()).toList();
        var draw = random.nextInt(10);
        if (live.size() < mostAtOnce && draw < 6) {
            return Optional.of(submit(newTwin(), Request.SUBMIT));
        }
        return switch (draw) {
            case 0, 1 -> pick(live, RunState.WAITING, RunState.RUNNING).map(run -> again(run, Request.SAME_AGAIN));
            case 2, 3 -> pick(live, RunState.WAITING, RunState.RUNNING).map(run -> steer(Request.PAUSE, run));
            case 4, 5, 6 -> pick(live, RunState.PAUSED).map(run -> steer(Request.RESUME, run));
            case 7 ->
                pick(live, RunState.WAITING, RunState.RUNNING, RunState.PAUSED).map(run -> steer(Request.CANCEL, run));
            default -> pick(going, RunState.CANCELLED, RunState.FAILED).map(run -> again(run, Request.ANEW));
        };
    }

    /** Lets every run go on that stands paused, so that each can end. */
    synchronized void resumeAll() {
        witness.runs().stream()
                .filter(view -> view.state() == RunState.PAUSED)
                .forEach(view -> steer(Request.RESUME, view.run()));
    }

    /** Requests by kind: made, and of these those that failed. */
    synchronized Map<String, String> counts() {
        var told = new LinkedHashMap<String, String>();
        counts.forEach((kind, count) -> told.put(
                kind.title(),
                count[1] == 0 ? "%d".formatted(count[0]) : "%d (%d failed)".formatted(count[0], count[1])));
        return told;
    }

    /** Every family in turn, so that none is left out. */
    private Asked newTwin() {
        var number = next++;
        return new Asked((number - 1) % twins.families(), number);
    }

    private String again(String run, Request kind) {
        return submit(Objects.requireNonNull(asked.get(run), run), kind);
    }

    private String submit(Asked twin, Request kind) {
        try {
            var run = door.ask(twins.twin(twin.family(), twin.number()));
            asked.put(run, twin);
            count(kind, true);
            return "%s %s".formatted(kind.title(), run);
        } catch (RuntimeException e) {
            count(kind, false);
            return "%s was not taken: %s".formatted(kind.title(), e.getMessage());
        }
    }

    private String steer(Request kind, String run) {
        try {
            witness.steered(run);
            switch (kind) {
                case PAUSE -> door.pause(run);
                case RESUME -> door.resume(run);
                default -> door.cancel(run);
            }
            count(kind, true);
            return "%s %s".formatted(kind.title(), run);
        } catch (RuntimeException e) {
            count(kind, false);
            return "%s %s was not taken: %s".formatted(kind.title(), run, e.getMessage());
        }
    }

    private void count(Request kind, boolean taken) {
        var count = counts.computeIfAbsent(kind, unused -> new int[2]);
        count[0]++;
        if (!taken) {
            count[1]++;
        }
    }

    private Optional<String> pick(List<RunView> views, RunState... states) {
        var fitting = views.stream()
                .filter(view -> List.of(states).contains(view.state()))
                .map(RunView::run)
                .sorted()
                .toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(fitting.get(random.nextInt(fitting.size())));
    }
}
