package io.dartboard.transfer;

import io.dartboard.events.TransferJob;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.JobKind;
import io.dartboard.schemas.Topics;
import java.util.List;

/** What jobs this service does. */
final class TransferEvents {
    /** Transfers. */
    static final JobKind<TransferJob> KIND = new JobKind<>(
            Topics.TRANSFER_JOBS,
            List.of("transfer"),
            "transfer-svc-worker",
            job -> new JobIdentity(
                    job.getJob(), job.getRun(), job.getRequestEpoch(), "transfer", "transfers/" + job.getJob()));

    private TransferEvents() {}
}
