package io.dartboard.local.model;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.AlphaMatrix;
import io.dartboard.events.ArtifactRef;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.SearchJob;
import io.dartboard.events.Stage;
import io.dartboard.events.TransferJob;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.pipeline.artifact.JobResult;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Who a job is, and what comes of it, as the services' workers would say. */
final class JobsDone {
    /** What is so of cells and data, whoever looks. */
    interface Nature {
        /** All cells are alike. */
        Nature EVEN = new Nature() {
            @Override
            public int preferred(SearchJob job) {
                return CONVOLUTION;
            }

            @Override
            public double errorPercent(EvaluationJob job) {
                return 30;
            }
        };

        /** The operation that a search comes to prefer on every edge, by its place. */
        int preferred(SearchJob job);

        /** What a retrained cell comes to. */
        double errorPercent(EvaluationJob job);
    }

    private static final ArtifactRef NOTHING = new ArtifactRef("s3://memory/x", "00", 1L);
    private static final int EDGES = 14;
    private static final int OPERATIONS = 8;
    static final int SKIP = 3;
    static final int CONVOLUTION = 4;

    private JobsDone() {}

    static JobIdentity identity(SpecificRecord record) {
        if (record instanceof SearchJob job) {
            return new JobIdentity(
                    job.getJob(), job.getRun(), job.getRequestEpoch(), "search", "searches/" + job.getJob());
        }
        if (record instanceof EvaluationJob job) {
            var stage = job.getStage() == Stage.SELECTION ? "selection" : "evaluation";
            return new JobIdentity(
                    job.getJob(), job.getRun(), job.getRequestEpoch(), stage, "evaluations/" + job.getJob());
        }
        var job = (TransferJob) record;
        return new JobIdentity(
                job.getJob(), job.getRun(), job.getRequestEpoch(), "transfer", "transfers/" + job.getJob());
    }

    static JobResult<?> result(SpecificRecord record, int attempt, Nature nature) {
        if (record instanceof SearchJob job) {
            return new JobResult<>(Topics.ALPHAS, job.getJob(), searched(job, attempt, nature), attempt);
        }
        if (record instanceof EvaluationJob job) {
            return new JobResult<>(Topics.EVALUATIONS, job.getRun(), retrained(job, attempt, nature), attempt);
        }
        var job = (TransferJob) record;
        return new JobResult<>(Topics.TRANSFERS, job.getRun(), transferred(job, attempt), attempt);
    }

    static AlphaCheckpointed searched(SearchJob job, int attempt, Nature nature) {
        return AlphaCheckpointed.newBuilder()
                .setSearch(job.getJob())
                .setRun(job.getRun())
                .setSpace("darts-cnn")
                .setSeed(job.getSeed())
                .setEpoch(2)
                .setEpochs(2)
                .setStep(20)
                .setAttempt(attempt)
                .setAlphas(List.of(
                        alphas("normal", collapses(job) ? SKIP : nature.preferred(job)),
                        alphas("reduce", nature.preferred(job))))
                .setGuard(job.getSettings().getGuard())
                .setTrainLoss(1)
                .setTrainAccuracy(0.5)
                .setValidLoss(1)
                .setValidAccuracy(0.5)
                .setIndicators(Map.of())
                .setCheckpoint(NOTHING)
                .setFinalEpoch(true)
                .setDeviceSeconds(1)
                .setDevice("cpu")
                .build();
    }

    /** A guarded search collapses until it has beta decay. */
    private static boolean collapses(SearchJob job) {
        return job.getSettings().getGuard() != null
                && job.getSettings().getMethod().equals("darts-first-order");
    }

    static AlphaMatrix alphas(String cell, int preferred) {
        var values = new ArrayList<Float>();
        for (var i = 0; i < EDGES * OPERATIONS; i++) {
            values.add((i % OPERATIONS == preferred ? 2f : 0f) + 0.1f * (i * 7 % 11));
        }
        return new AlphaMatrix(cell, EDGES, OPERATIONS, values);
    }

    private static GenotypeRetrained retrained(EvaluationJob job, int attempt, Nature nature) {
        return GenotypeRetrained.newBuilder()
                .setJob(job.getJob())
                .setRun(job.getRun())
                .setStage(job.getStage())
                .setOrigin(job.getOrigin())
                .setSearch(job.getSearch())
                .setGenotype(job.getGenotype())
                .setHash(Genotype.parse(job.getGenotype()).hash())
                .setSeed(job.getSeed())
                .setAttempt(attempt)
                .setErrorPercent(nature.errorPercent(job))
                .setCurve(List.of())
                .setParameters(1)
                .setMultiplyAdds(1)
                .setWeights(NOTHING)
                .setDeviceSeconds(1)
                .setDevice("cpu")
                .build();
    }

    private static GenotypeTransferred transferred(TransferJob job, int attempt) {
        return GenotypeTransferred.newBuilder()
                .setJob(job.getJob())
                .setRun(job.getRun())
                .setDataset(job.getDataset().getDataset())
                .setDatasetVersion(job.getDataset().getVersion())
                .setGenotype(job.getGenotype())
                .setHash(Genotype.parse(job.getGenotype()).hash())
                .setSeed(0)
                .setAttempt(attempt)
                .setTop1ErrorPercent(40)
                .setTop5ErrorPercent(10)
                .setCurve(List.of())
                .setParameters(1)
                .setMultiplyAdds(1)
                .setWeights(NOTHING)
                .setDeviceSeconds(1)
                .setDevice("cpu")
                .build();
    }
}
