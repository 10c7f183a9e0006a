package io.dartboard.local.launch;

import io.dartboard.local.home.Credentials;
import io.dartboard.local.home.Home;
import io.dartboard.local.home.Ports;
import io.dartboard.pipeline.artifact.S3ArtifactStore;
import io.dartboard.pipeline.config.StoreSettings;

/** How a person looks at the artifacts of a local stack with the AWS command line. */
public final class Artifacts {
    /** Bucket of all artifacts. */
    public static final String BUCKET = "nas";

    private Artifacts() {}

    /** The store of a local stack; the caller closes it. */
    public static S3ArtifactStore store(Home home, Ports ports) {
        var credentials = Credentials.of(home);
        return new S3ArtifactStore(new StoreSettings(
                ports.s3Endpoint(), credentials.accessKey(), credentials.secretKey(), BUCKET, "us-east-1"));
    }

    /** What must stand in the environment of the S3 client. */
    public static String credentialsLine(Home home) {
        return "export AWS_SHARED_CREDENTIALS_FILE=%s AWS_DEFAULT_REGION=us-east-1".formatted(home.credentialsFile());
    }

    /** The start of each command. */
    public static String clientLine(Ports ports) {
        return "aws --endpoint-url %s s3".formatted(ports.s3Endpoint());
    }
}
