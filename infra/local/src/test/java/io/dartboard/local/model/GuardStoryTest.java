package io.dartboard.local.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.SearchJob;
import io.dartboard.events.SearchRelaunched;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.SteeringAction;
import io.dartboard.local.model.Act.Kind;
import io.dartboard.local.model.JobsDone.Nature;
import io.dartboard.local.show.CardPlaces;
import io.dartboard.local.show.RunCard;
import io.dartboard.local.show.Terminal;
import io.dartboard.pipeline.view.RunState;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** A search that collapses, from its first epoch to the cell that its run ends with: all services, and one worker. */
class GuardStoryTest {
    private static final int SEARCH_SVC = 0;
    private static final int DERIVE_SVC = 1;
    private static final int HEALTHY = 2;

    private final ModelWorld world = new ModelWorld(1);

    @Test
    void shouldCatchACollapseGoBackAndMakeTheSearchAnew() {
        // Given: a worker at the search
        ask();
        hear(SEARCH_SVC);
        world.play(new Act(Kind.TAKE, 0, 0));
        var job = (SearchJob) world.topics().events(Topics.SEARCH_JOBS).get(0);
        var identity = JobsDone.identity(job);
        world.workers().get(0).ears().readAll();

        // When: the third epoch's cell is full of skip connections
        for (var epoch = 1; epoch <= HEALTHY + 1; epoch++) {
            tell(job, epoch, epoch > HEALTHY);
            hear(DERIVE_SVC);
            world.workers().get(0).ears().readAll();
            assertThat(world.workers().get(0).control().stops(identity)).isEqualTo(epoch > HEALTHY);
        }

        // Then: the alarm is told, and the search goes back
        var alarm = all(Topics.STEERING, SearchSteered.class);
        assertThat(alarm).extracting(SearchSteered::getAction).containsExactly(SteeringAction.RELAUNCH);
        assertThat(alarm.get(0).getEpoch()).isEqualTo(HEALTHY);
        assertThat(all(Topics.GENOTYPES, GenotypeDerived.class))
                .last()
                .matches(GenotypeDerived::getSteered)
                .matches(derived -> derived.getEpoch() == HEALTHY);

        // When: everybody goes on
        for (var round = 0; round < 40; round++) {
            world.calm();
            world.passAndTick(35);
        }

        // Then: another search was made, and the run ends with its cell
        var relaunched = all(Topics.STEERING, SearchRelaunched.class);
        assertThat(relaunched).extracting(SearchRelaunched::getRemedy).containsExactly("beta-decay");
        assertThat(all(Topics.SEARCH_JOBS, SearchJob.class))
                .extracting(SearchJob::getJob)
                .containsExactly(job.getJob(), relaunched.get(0).getSuccessor());
        var view = world.board().run(Wishes.GUARDED).orElseThrow();
        assertThat(view.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(view.searches().get(0).finalGenotype().orElseThrow().getFoundBy())
                .isEqualTo(relaunched.get(0).getSuccessor());
        assertThat(card(view))
                .containsSubsequence(
                        "Guard",
                        "· seed 0: collapse at epoch 3, made anew, with the cell of epoch 2 to fall back on: 8 skip",
                        "· seed 0: relaunch 1 with beta-decay: method beta-darts in the place of darts-first-order");
    }

    private void ask() {
        var runs = Wishes.runs().stream().map(wish -> wish.getRun()).toList();
        world.play(new Act(Kind.REQUEST_BY_EVENT, runs.indexOf(Wishes.GUARDED), 0));
    }

    private void hear(int service) {
        for (var i = 0; i < 50; i++) {
            world.play(new Act(Kind.READ, service, i));
        }
    }

    private void tell(SearchJob job, int epoch, boolean collapsed) {
        var checkpoint = AlphaCheckpointed.newBuilder(JobsDone.searched(job, 1, Nature.EVEN))
                .setEpoch(epoch)
                .setEpochs(50)
                .setStep(400L * epoch)
                .setFinalEpoch(false)
                .setAlphas(List.of(
                        JobsDone.alphas("normal", collapsed ? JobsDone.SKIP : JobsDone.CONVOLUTION),
                        JobsDone.alphas("reduce", JobsDone.CONVOLUTION)))
                .build();
        world.topics().tell(Topics.ALPHAS, job.getJob(), checkpoint, "worker-1");
    }

    private <V extends SpecificRecord> List<V> all(Topic<?> topic, Class<V> type) {
        return world.topics().events(topic).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static String card(RunView view) {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var places = new CardPlaces(Path.of("cell.svg"), Path.of("credentials"), "http://store", "http://rest");
        return String.join("\n", new RunCard(Terminal.plain(nowhere), places).lines(view));
    }
}
