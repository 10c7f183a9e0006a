package io.dartboard.local.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DecisionAction;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.SearchJob;
import io.dartboard.events.Verdict;
import io.dartboard.events.VersionDecided;
import io.dartboard.local.SilentLog;
import io.dartboard.pipeline.run.RunLife;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.dartboard.search.order.OrderPlanner;
import io.dartboard.search.request.DevicePrice;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A month of a standing order: three hundred versions come, some in bursts, and the data shift twice. Workers die and freeze,
 * records are lost and repeated, and planners lose their state. Afterwards every version has its one decision with its reasons,
 * and whoever reads all of it again comes to the same.
 */
@ExtendWith(SilentLog.class)
class MonthTest {
    private static final long SEED = Long.getLong("model.seed", 1_000L);
    private static final int VERSIONS = 300;
    private static final int FIRST_SHIFT = 90;
    private static final int SECOND_SHIFT = 200;
    private static final int WORKERS = 3;
    private static final int TWO_HOURS = 7_200;
    private static final int ROUNDS = 100;
    private static final String ORDERS = "search-svc, orders";
    private static final List<Act.Kind> FAULTS = List.of(
            Act.Kind.CRASH,
            Act.Kind.FREEZE,
            Act.Kind.THAW,
            Act.Kind.REPEAT,
            Act.Kind.LOSE_JOB,
            Act.Kind.TAKE,
            Act.Kind.TAKE,
            Act.Kind.WORK,
            Act.Kind.FINISH_UNHEARD,
            Act.Kind.READ,
            Act.Kind.READ);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final ModelWorld world = new ModelWorld(WORKERS, new Shifting());

    /** A cell is good at what it was searched on: until the data shift. */
    private static final class Shifting implements JobsDone.Nature {
        private static final List<String> OPERATIONS = List.of("sep_conv_3x3", "sep_conv_5x5", "dil_conv_3x3");

        private static int era(String version) {
            var number = Integer.parseInt(version);
            return number < FIRST_SHIFT ? 0 : number < SECOND_SHIFT ? 1 : 2;
        }

        @Override
        public int preferred(SearchJob job) {
            return JobsDone.CONVOLUTION + era(job.getDataset().getVersion());
        }

        @Override
        public double errorPercent(EvaluationJob job) {
            var version = job.getDataset().getVersion();
            var wanted = OPERATIONS.get(era(version));
            var found = job.getGenotype().split(wanted, -1).length - 1;
            var noise = new SplittableRandom((job.getGenotype() + version).hashCode() * 31L + job.getSeed())
                    .nextDouble(-0.4, 0.4);
            return 36 - found + noise;
        }
    }

    @Test
    void shouldComeToAConsistentHistoryOfAMonth() {
        world.add(ORDERS, () -> new OrderPlanner(DevicePrice.UNKNOWN, standings -> {}));
        world.topics().tell(Topics.ORDERS, "shapes", Wishes.order(), "rest");
        settle();
        for (var version = 2; version <= VERSIONS; version++) {
            world.topics().tell(Topics.DATASETS, "shapes", Wishes.shapes(String.valueOf(version)), "rest");
            mishaps();
            if (random.nextInt(5) > 0) {
                settle();
                world.passAndTick(random.nextInt(TWO_HOURS, 2 * TWO_HOURS));
            }
        }
        world.mend();
        settle();

        checkDecisions();
        checkRuns();
        checkChampions();
        checkThatAllCanBeReadAgain();
    }

    private void mishaps() {
        for (var left = random.nextInt(12); left > 0; left--) {
            var kind = FAULTS.get(random.nextInt(FAULTS.size()));
            world.play(new Act(kind, random.nextInt(1 << 16), random.nextInt(1 << 16)));
        }
        if (random.nextInt(20) == 0) {
            var names = List.copyOf(world.planners().keySet());
            world.lose(names.get(random.nextInt(names.size())));
        }
    }

    /** All hear everything and do what there is to do, until nothing comes of it for a while. */
    private void settle() {
        var idle = 0;
        for (var round = 0; round < ROUNDS && idle < 3; round++) {
            var isNews = world.calm();
            var before = world.topics().written();
            world.passAndTick(35);
            idle = isNews || world.topics().written() > before ? 0 : idle + 1;
        }
        assertThat(idle).as("rounds in which nothing was left to do").isEqualTo(3);
    }

    private void checkDecisions() {
        Map<String, Set<DecisionAction>> actions = new LinkedHashMap<>();
        var searched = new TreeMap<Integer, List<String>>();
        for (var event : world.topics().events(Topics.DECISIONS)) {
            var decided = (VersionDecided) event;
            assertThat(decided.getReasons()).as("why %s", decided).isNotEmpty();
            if (decided.getAction() != DecisionAction.MEASURE) {
                actions.computeIfAbsent(decided.getVersion(), version -> new HashSet<>())
                        .add(decided.getAction());
            }
            if (decided.getAction() == DecisionAction.SEARCH) {
                searched.put(Integer.parseInt(decided.getVersion()), decided.getReasons());
            }
        }
        assertThat(actions).hasSize(VERSIONS);
        assertThat(actions.entrySet()).as("one decision on each version").allSatisfy(each -> assertThat(each.getValue())
                .as(each.getKey())
                .hasSize(1));
        assertThat(searched)
                .as("versions that were searched on, and why")
                .hasSize(3)
                .containsKey(1);
        assertThat(searched.higherKey(1)).isBetween(FIRST_SHIFT, FIRST_SHIFT + 10);
        assertThat(searched.lastKey()).isBetween(SECOND_SHIFT, SECOND_SHIFT + 10);
    }

    /** Every run that was asked for has come to its end, and every job was done once. */
    private void checkRuns() {
        assertThat(world.truth().values()).allMatch(RunLife::hasEnded, "has ended");
        assertThat(world.attempts().done).isEqualTo(jobs().size());
    }

    private Set<String> jobs() {
        var jobs = new HashSet<String>();
        for (var topic : List.of(Topics.SEARCH_JOBS, Topics.EVAL_JOBS, Topics.TRANSFER_JOBS)) {
            world.topics().of(topic).forEach(record -> jobs.add(new String(record.key(), StandardCharsets.UTF_8)));
        }
        return jobs;
    }

    private void checkChampions() {
        var verdicts = new LinkedHashMap<String, ChampionDecided>();
        world.topics().events(Topics.CHAMPIONS).forEach(event -> {
            var decided = (ChampionDecided) event;
            var known = verdicts.putIfAbsent(decided.getRun(), decided);
            assertThat(known == null || known.equals(decided))
                    .as("one verdict on %s", decided.getRun())
                    .isTrue();
        });
        assertThat(verdicts.values())
                .extracting(ChampionDecided::getVerdict)
                .hasSize(3)
                .containsOnly(Verdict.PROMOTED);
    }

    /** With no state at all: the same words once more, and no work for anybody. */
    private void checkThatAllCanBeReadAgain() {
        var told = List.of(Topics.GENOTYPES, Topics.DECISIONS, Topics.EVALUATIONS, Topics.CHAMPIONS);
        var before = told.stream().map(this::words).toList();
        var begun = world.attempts().begun;
        List.copyOf(world.planners().keySet()).forEach(world::lose);
        settle();
        assertThat(told.stream().map(this::words).toList()).isEqualTo(before);
        assertThat(world.attempts().begun).as("attempts").isEqualTo(begun);
    }

    private Set<SpecificRecord> words(Topic<?> topic) {
        return new HashSet<>(world.topics().events(topic));
    }
}
