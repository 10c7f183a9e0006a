package io.dartboard.pipeline.config;

import java.net.URI;

/**
 * Where the artifacts are.
 *
 * @param endpoint http or https, host and port
 * @param accessKey S3 access key
 * @param secretKey S3 secret key
 * @param bucket bucket of all artifacts
 * @param region region that requests are signed for
 */
public record StoreSettings(String endpoint, String accessKey, String secretKey, String bucket, String region) {
    public StoreSettings {
        Check.filled("dartboard.s3.endpoint", endpoint);
        Check.filled("dartboard.s3.access-key", accessKey);
        Check.filled("dartboard.s3.secret-key", secretKey);
        Check.filled("dartboard.s3.bucket", bucket);
        Check.filled("dartboard.s3.region", region);
        if (!isHttp(endpoint)) {
            throw new IllegalArgumentException(
                    "dartboard.s3.endpoint must be an http or https address as http://minio:9000 (was '%s')"
                            .formatted(endpoint));
        }
    }

    /** From the shared configuration. */
    public static StoreSettings of(PipelineConfig config) {
        var s3 = config.s3();
        return new StoreSettings(s3.endpoint(), s3.accessKey(), s3.secretKey(), s3.bucket(), s3.region());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "%s, bucket %s".formatted(endpoint, bucket);
    }

    private static boolean isHttp(String endpoint) {
        try {
            var scheme = URI.create(endpoint).getScheme();
            return "http".equals(scheme) || "https".equals(scheme);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
