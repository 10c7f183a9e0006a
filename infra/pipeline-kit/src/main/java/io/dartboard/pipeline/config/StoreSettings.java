package io.dartboard.pipeline.config;

import java.net.URI;

/**
 * Where the artifacts are.
 *
 * @param endpoint http or https, host and port; a path where a proxy puts the store behind one
 * @param credentials where the keys come from
 * @param bucket bucket of all artifacts
 * @param region region that requests are signed for
 * @param caFile PEM file of the authority that signed the store's certificate, trusted beside those of the JDK; empty for
 *     none
 */
public record StoreSettings(
        String endpoint, StoreCredentials credentials, String bucket, String region, String caFile) {
    public StoreSettings {
        Check.filled("dartboard.s3.endpoint", endpoint);
        Check.filled("dartboard.s3.bucket", bucket);
        Check.filled("dartboard.s3.region", region);
        if (!isHttp(endpoint)) {
            throw new IllegalArgumentException(
                    "dartboard.s3.endpoint must be an http or https address as http://minio:9000, without user, query and fragment (was '%s')"
                            .formatted(endpoint.replaceAll("//[^/]*@", "//[hidden]@")));
        }
    }

    /** A store by its keys. */
    public StoreSettings(String endpoint, String accessKey, String secretKey, String bucket, String region) {
        this(endpoint, new StoreCredentials.Keys(accessKey, secretKey), bucket, region, "");
    }

    /** From the shared configuration, and the credentials that the environment has. */
    public static StoreSettings of(PipelineConfig config) {
        var s3 = config.s3();
        return new StoreSettings(
                s3.endpoint(),
                StoreCredentials.of(s3, System.getenv()),
                s3.bucket(),
                s3.region(),
                s3.caFile().map(String::strip).orElse(""));
    }

    /** Another bucket of the same store. */
    public StoreSettings of(String otherBucket) {
        return new StoreSettings(endpoint, credentials, otherBucket, region, caFile);
    }

    /** The path behind which a proxy has put the store, as {@code /s3}; empty if it has none. */
    public String path() {
        var path = URI.create(endpoint).getRawPath();
        return path == null ? "" : path.replaceAll("/+$", "");
    }

    /** Scheme, host and port. */
    public String server() {
        var address = URI.create(endpoint);
        return "%s://%s".formatted(address.getScheme(), address.getRawAuthority());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "%s, bucket %s".formatted(endpoint, bucket);
    }

    private static boolean isHttp(String endpoint) {
        try {
            var address = URI.create(endpoint);
            return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
