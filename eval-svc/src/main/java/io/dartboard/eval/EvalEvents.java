package io.dartboard.eval;

import io.dartboard.events.CurvePoint;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.Stage;
import io.dartboard.nas.evaluate.EpochReport;
import io.dartboard.nas.evaluate.RetrainConfig;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.JobKind;
import io.dartboard.schemas.Topics;

/** Between the contracts and the science: the only place of this service, beside its runner, that knows both. */
final class EvalEvents {
    /** Retrainings, selection and full. */
    static final JobKind<EvaluationJob> KIND =
            new JobKind<>(Topics.EVAL_JOBS, "dartboard-eval-workers", EvalEvents::identity);

    private EvalEvents() {}

    /**
     * The settings of a retraining.
     *
     * @throws IllegalArgumentException if they are impossible; the message says which and why
     */
    static RetrainConfig config(RetrainSettings settings) {
        return new RetrainConfig(
                settings.getChannels(),
                settings.getCells(),
                settings.getEpochs(),
                settings.getBatchSize(),
                settings.getLearningRate(),
                settings.getLearningRateMin(),
                settings.getMomentum(),
                settings.getWeightDecay(),
                settings.getGradientClip(),
                settings.getAuxiliaryWeight(),
                settings.getDropPath(),
                settings.getCutout(),
                settings.getLabelSmoothing());
    }

    /** A point of the curve; epochs count from 1 in events. */
    static CurvePoint point(EpochReport report) {
        return new CurvePoint(
                report.epoch() + 1,
                report.trainLoss(),
                report.trainAccuracy(),
                report.heldOutLoss(),
                report.heldOutAccuracy());
    }

    private static JobIdentity identity(EvaluationJob job) {
        return new JobIdentity(
                job.getJob(),
                job.getRun(),
                job.getStage() == Stage.SELECTION ? "selection" : "evaluation",
                "evaluations/" + job.getJob());
    }
}
