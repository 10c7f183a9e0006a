package io.dartboard.nas.image.train;

import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.provenance.Digests;
import io.dartboard.nas.provenance.Fingerprint;
import java.util.Map;

/**
 * All that determines the result of a training beside plan and seed.
 *
 * @param genotype in its published text form
 * @param config the hyperparameters, from which the plan is made
 * @param purpose what is trained on which share of the data
 * @param data digest of the data
 */
public record TrainingIdentity(String genotype, Record config, String purpose, String data) {

    SnapshotIdentity of(TrainingPlan plan, TrainingImages images, long seed) {
        Fingerprint settings = Fingerprint.EMPTY
                .with("genotype", genotype)
                .with("config", config)
                .with("purpose", purpose)
                .with("data", data)
                .with("seed", seed)
                .with("images.train", images.train().size())
                .with("images.heldOut", images.heldOut().size());
        String old = Digests.sha256(String.join(
                "\n",
                genotype,
                Fingerprint.textOfOld(config),
                purpose + " " + data,
                Fingerprint.textOfOld(plan),
                "seed " + seed,
                "images " + images.train().size() + " " + images.heldOut().size()));
        return new SnapshotIdentity("training", settings, Map.of(SnapshotIdentity.OLD_FINGERPRINT, old));
    }
}
