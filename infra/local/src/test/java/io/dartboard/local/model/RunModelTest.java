package io.dartboard.local.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.RunFinished;
import io.dartboard.events.RunPhase;
import io.dartboard.events.SearchRelaunched;
import io.dartboard.local.SilentLog;
import io.dartboard.pipeline.run.Budgets;
import io.dartboard.pipeline.run.RunLife;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What is asked of a run, in whatever order it happens: it comes to its end once, everybody agrees on it, and no work is
 * done for nothing. A story that goes wrong is cut down to what it needs, and printed.
 */
@ExtendWith(SilentLog.class)
class RunModelTest {
    private static final int STORIES = Integer.getInteger("model.stories", 1_000);
    private static final long SEED = Long.getLong("model.seed", 1_000L);
    private static final int LONGEST = 160;
    private static final int WORKERS = 3;
    private static final int ROUNDS = 300;
    private static final int HOUR = 3_700;

    @Test
    void shouldBringEveryRunToItsOneEndInWhateverOrderThingsHappen() {
        for (var i = 0; i < STORIES; i++) {
            var random = new SplittableRandom(SEED + i);
            var acts = new ArrayList<Act>();
            var length = random.nextInt(1, LONGEST);
            for (var j = 0; j < length; j++) {
                acts.add(Act.any(random));
            }
            var fault = fault(acts);
            if (fault.isPresent()) {
                var least = shrunk(acts);
                throw new AssertionError("story %d of seed %d goes wrong: %s%n%s%n%s"
                        .formatted(i, SEED, fault(least).orElseThrow(), least, String.join("\n", told(least))));
            }
        }
    }

    /** A story of which nothing can be left out. */
    private static List<Act> shrunk(List<Act> acts) {
        var least = acts;
        for (var size = Math.max(1, acts.size() / 2); size >= 1; size /= 2) {
            for (var from = 0; from < least.size(); ) {
                var shorter = new ArrayList<>(least.subList(0, from));
                shorter.addAll(least.subList(Math.min(least.size(), from + size), least.size()));
                if (fault(shorter).isPresent()) {
                    least = shorter;
                } else {
                    from += size;
                }
            }
        }
        return least;
    }

    private static Optional<String> fault(List<Act> acts) {
        var world = new ModelWorld(WORKERS);
        try {
            acts.forEach(world::play);
            settle(world);
            check(world);
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> told(List<Act> acts) {
        var world = new ModelWorld(WORKERS);
        try {
            acts.forEach(world::play);
            settle(world);
            check(world);
        } catch (AssertionError | RuntimeException e) {
            world.story().add(e.toString());
        }
        return world.story();
    }

    /** Nothing goes wrong any more: all hear everything, work is done, and time passes until nothing is left to do. */
    private static void settle(ModelWorld world) {
        world.mend();
        world.story().add("from here on nothing goes wrong");
        var idle = 0;
        for (var round = 0; round < ROUNDS && idle < 3; round++) {
            var isNews = world.calm();
            var before = world.topics().written();
            world.passAndTick(isNews ? 35 : HOUR);
            idle = isNews || world.topics().written() > before ? 0 : idle + 1;
        }
        assertThat(idle).as("rounds in which nothing was left to do").isEqualTo(3);
    }

    private static void check(ModelWorld world) {
        for (var wish : Wishes.runs()) {
            world.truth(wish.getRun()).ifPresent(life -> {
                checkEnd(world, life);
                checkAgreement(world, life);
            });
        }
        checkEnds(world);
        checkGuard(world);
        checkResults(world);
        checkAttempts(world);
        assertThat(world.topics().of(Topics.DEAD_LETTERS)).as("letters").isEmpty();
    }

    private static void checkEnd(ModelWorld world, RunLife life) {
        assertThat(life.hasEnded() || life.phase() == RunPhase.PAUSED)
                .as("run %s has ended or is paused; it is %s in epoch %d", life.run(), life.phase(), life.epoch())
                .isTrue();
        life.spent().ifPresent(word -> {
            assertThat(life.phase()).isEqualTo(RunPhase.PAUSED);
            assertThat(Budgets.limit(life.budget(), word.getUnit()))
                    .as("budget of run %s, of which %s were spent", life.run(), word.getSpent())
                    .isEqualTo(word.getBudget())
                    .isGreaterThan(0)
                    .isLessThanOrEqualTo(word.getSpent());
        });
        if (life.phase() == RunPhase.FAILED) {
            assertThat(life.reason()).isNotBlank();
            if (!life.run().equals(Wishes.IMPOSSIBLE)) {
                var attempts = world.attempts();
                assertThat(attempts.refused > 0 || attempts.mishaps >= ModelWorld.MAX_ATTEMPTS)
                        .as("run %s failed for a reason: %s", life.run(), life.reason())
                        .isTrue();
            }
        }
        if (life.run().equals(Wishes.IMPOSSIBLE)) {
            assertThat(life.phase()).isNotEqualTo(RunPhase.SUCCEEDED);
        }
    }

    private static void checkAgreement(ModelWorld world, RunLife life) {
        world.planners().forEach((service, planner) -> {
            if (planner.listensTo(Topics.RUNS)) {
                assertThat(planner.runs().life(life.run()).map(RunModelTest::standing))
                        .as("what %s knows of %s", service, life.run())
                        .contains(standing(life));
            }
        });
        var view = world.board().run(life.run()).orElseThrow();
        assertThat(view.requestEpoch()).isEqualTo(life.epoch());
        assertThat(view.state().name()).isEqualTo(life.phase().name());
        assertThat(world.board().runs()).extracting(RunView::run).contains(life.run());
    }

    private static String standing(RunLife life) {
        return "%s %s in epoch %d: %s".formatted(life.run(), life.phase(), life.epoch(), life.reason());
    }

    /** The collapsed search is made anew once, and its run ends with the other's cell. */
    private static void checkGuard(ModelWorld world) {
        var steering = new HashSet<>(world.topics().events(Topics.STEERING));
        var relaunches = steering.stream()
                .filter(SearchRelaunched.class::isInstance)
                .map(SearchRelaunched.class::cast)
                .toList();
        assertThat(relaunches).hasSizeLessThanOrEqualTo(1);
        world.truth(Wishes.GUARDED)
                .filter(life -> life.phase() == RunPhase.SUCCEEDED)
                .flatMap(life -> world.board().run(life.run()))
                .ifPresent(view -> {
                    assertThat(relaunches).hasSize(1);
                    var search = view.searches().get(0);
                    assertThat(search.search()).isEqualTo(relaunches.get(0).getSearch());
                    assertThat(search.current().search())
                            .isEqualTo(relaunches.get(0).getSuccessor());
                    assertThat(search.finalGenotype().orElseThrow().getFoundBy())
                            .isEqualTo(relaunches.get(0).getSuccessor());
                    assertThat(search.finalGenotype().orElseThrow().getNormalSkips())
                            .isLessThan(3);
                });
    }

    /** Each epoch that began ends once, unless it is the one that is paused. */
    private static void checkEnds(ModelWorld world) {
        var ends = new HashMap<String, Integer>();
        world.topics().events(Topics.RUNS).forEach(event -> {
            if (event instanceof RunFinished end) {
                ends.merge(end.getRun() + "/" + end.getRequestEpoch(), 1, Integer::sum);
            }
        });
        world.repeated().forEach(event -> {
            if (event instanceof RunFinished end) {
                ends.merge(end.getRun() + "/" + end.getRequestEpoch(), -1, Integer::sum);
            }
        });
        assertThat(ends.values()).as("ends of each epoch: %s", ends).allMatch(count -> count == 1);
        for (var wish : Wishes.runs()) {
            var life = Optional.<RunLife>empty();
            var begun = new HashSet<Integer>();
            for (var record : world.topics().of(Topics.RUNS)) {
                var event = (SpecificRecord) Topics.RUNS.decode(record.value());
                if (RunLife.runOf(event).filter(wish.getRun()::equals).isPresent()) {
                    life = RunLife.after(life, event, EventTopics.told(record));
                    life.ifPresent(now -> begun.add(now.epoch()));
                }
            }
            life.filter(now -> now.phase() == RunPhase.PAUSED).ifPresent(now -> begun.remove(now.epoch()));
            assertThat(begun)
                    .as("epochs of %s that began, and their ends: %s", wish.getRun(), ends)
                    .allMatch(epoch -> ends.containsKey(wish.getRun() + "/" + epoch));
        }
    }

    private static void checkResults(ModelWorld world) {
        var results = new HashMap<String, SpecificRecord>();
        for (var topic : List.of(Topics.ALPHAS, Topics.EVALUATIONS, Topics.TRANSFERS)) {
            for (var event : world.topics().events(topic)) {
                for (var name : List.of("job", "search")) {
                    var field = event.getSchema().getField(name);
                    if (field != null && event.getSchema().getField("attempt") != null) {
                        var known = results.putIfAbsent(String.valueOf(event.get(field.pos())), event);
                        assertThat(known == null || known.equals(event))
                                .as("one result of " + event.get(field.pos()))
                                .isTrue();
                        break;
                    }
                }
            }
        }
    }

    /** Every attempt beyond one for each job has its cause in something that went wrong or was stopped. */
    private static void checkAttempts(ModelWorld world) {
        var attempts = world.attempts();
        Map<String, Integer> account = Map.of(
                "done",
                attempts.done,
                "stopped",
                attempts.stopped,
                "mishaps",
                attempts.mishaps,
                "refused",
                attempts.refused);
        var jobs = new HashSet<String>();
        for (var topic : List.of(Topics.SEARCH_JOBS, Topics.EVAL_JOBS, Topics.TRANSFER_JOBS)) {
            world.topics().of(topic).forEach(record -> jobs.add(new String(record.key(), StandardCharsets.UTF_8)));
        }
        assertThat(attempts.done).as("jobs done, of %d", jobs.size()).isLessThanOrEqualTo(jobs.size());
        assertThat(attempts.begun)
                .as("attempts, of which %s", account)
                .isLessThanOrEqualTo(jobs.size() + attempts.stopped + attempts.mishaps + attempts.refused);
    }
}
