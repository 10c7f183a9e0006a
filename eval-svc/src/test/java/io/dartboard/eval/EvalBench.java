package io.dartboard.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.CellSelected;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.pipeline.testkit.PlannerBench;
import io.dartboard.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The planner on the bench, and what it is told of images or of a text. */
final class EvalBench extends PlannerBench {
    /** How long a job that has begun may be silent. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Facts facts;

    /** Puts the planner on the bench; {@code state} is an empty folder. */
    EvalBench(Facts facts, Path state) {
        super(new EvalPlanner(PATIENCE), state);
        this.facts = facts;
    }

    /** The dataset is published. */
    void publish() {
        tell(Topics.DATASETS, facts.dataset().getDataset(), facts.dataset());
    }

    /** A search has come to its final genotype. */
    void derive(long seed, String genotype) {
        tell(Topics.GENOTYPES, facts.searchId(seed), facts.derived(seed, genotype, true, 1));
    }

    /** A retraining is done. */
    void finish(EvaluationJob job, double score, long parameters) {
        tell(Topics.EVALUATIONS, job.getRun(), facts.retrained(job, score, parameters, 1));
    }

    /** Lets a run with one search select the cell that this has found; why is told. */
    String selectOnly(String run, String genotype, double score) {
        tell(Topics.RUNS, run, facts.run(run, 0));
        derive(0, genotype);
        finish(jobs().get(0), score, 100);
        return selected().getReason();
    }

    /** The retrainings asked for since the last look. */
    List<EvaluationJob> jobs() {
        return told(Topics.EVAL_JOBS, EvaluationJob.class);
    }

    /** The one selection since the last look at the evaluations. */
    CellSelected selected() {
        var selected = told(Topics.EVALUATIONS, CellSelected.class);
        assertThat(selected).hasSize(1);
        return selected.get(0);
    }

    /** The evaluations since the last look at them. */
    List<GenotypeEvaluated> evaluated() {
        return told(Topics.EVALUATIONS, GenotypeEvaluated.class);
    }
}
