package io.dartboard.pipeline.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where the keys to the store come from. None of them is ever printed. */
public sealed interface StoreCredentials {

    /** Keys in the configuration. */
    record Keys(String accessKey, String secretKey) implements StoreCredentials {
        /** What a MinIO has that nobody has configured; used where nothing else is. */
        static final Keys OF_A_NEW_MINIO = new Keys("minioadmin", "minioadmin");

        public Keys {
            Check.filled("dartboard.s3.access-key", accessKey);
            Check.filled("dartboard.s3.secret-key", secretKey);
        }

        @Override
        public String toString() {
            return "keys of dartboard.s3.access-key and dartboard.s3.secret-key";
        }
    }

    /** A file for each key, read anew for each request, so that keys may change. */
    record KeyFiles(Path accessKey, Path secretKey) implements StoreCredentials {
        @Override
        public String toString() {
            return "keys in the files %s and %s".formatted(accessKey, secretKey);
        }
    }

    /** The environment's AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or MINIO_ACCESS_KEY and MINIO_SECRET_KEY. */
    record Environment() implements StoreCredentials {
        @Override
        public String toString() {
            return "keys of the environment (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)";
        }
    }

    /** A profile of AWS's credentials file, by AWS_SHARED_CREDENTIALS_FILE and AWS_PROFILE or their defaults. */
    record Profile() implements StoreCredentials {
        @Override
        public String toString() {
            return "keys of the AWS credentials file (AWS_SHARED_CREDENTIALS_FILE, AWS_PROFILE)";
        }
    }

    /** A role: of a web identity token, a container or an instance. */
    record Role() implements StoreCredentials {
        @Override
        public String toString() {
            return "a role (AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN, a container's or an instance's)";
        }
    }

    /**
     * What was configured or, where nothing names it, the first that is there: keys, files of keys, the environment, a role
     * that the environment names, a profile; and after all of them the keys of a new MinIO.
     *
     * @throws IllegalArgumentException in one line if half of it is missing
     */
    static StoreCredentials of(PipelineConfig.S3 s3, Map<String, String> environment) {
        var kind = s3.credentials().strip().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "auto" -> first(s3, environment);
            case "keys" ->
                new Keys(
                        s3.accessKey().orElseThrow(() -> missing("access-key", kind)),
                        s3.secretKey().orElseThrow(() -> missing("secret-key", kind)));
            case "files" ->
                new KeyFiles(
                        Path.of(s3.accessKeyFile().orElseThrow(() -> missing("access-key-file", kind))),
                        Path.of(s3.secretKeyFile().orElseThrow(() -> missing("secret-key-file", kind))));
            case "environment" -> new Environment();
            case "profile" -> new Profile();
            case "role" -> new Role();
            default ->
                throw new IllegalArgumentException(
                        "dartboard.s3.credentials must be auto, keys, files, environment, profile or role (was '%s')"
                                .formatted(s3.credentials()));
        };
    }

    private static StoreCredentials first(PipelineConfig.S3 s3, Map<String, String> environment) {
        if (s3.accessKey().isPresent() || s3.secretKey().isPresent()) {
            return new Keys(
                    s3.accessKey().orElseThrow(() -> missing("access-key", "a secret key")),
                    s3.secretKey().orElseThrow(() -> missing("secret-key", "an access key")));
        }
        if (s3.accessKeyFile().isPresent() || s3.secretKeyFile().isPresent()) {
            return new KeyFiles(
                    Path.of(s3.accessKeyFile().orElseThrow(() -> missing("access-key-file", "a secret key's file"))),
                    Path.of(s3.secretKeyFile().orElseThrow(() -> missing("secret-key-file", "an access key's file"))));
        }
        if (environment.containsKey("AWS_ACCESS_KEY_ID") || environment.containsKey("MINIO_ACCESS_KEY")) {
            return new Environment();
        }
        if (environment.containsKey("AWS_WEB_IDENTITY_TOKEN_FILE")
                || environment.containsKey("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
                || environment.containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI")) {
            return new Role();
        }
        if (environment.containsKey("AWS_SHARED_CREDENTIALS_FILE")
                || environment.containsKey("AWS_PROFILE")
                || Files.isRegularFile(Path.of(System.getProperty("user.home"), ".aws", "credentials"))) {
            return new Profile();
        }
        return Keys.OF_A_NEW_MINIO;
    }

    private static IllegalArgumentException missing(String option, String with) {
        return new IllegalArgumentException("dartboard.s3.%s is missing beside %s; set it".formatted(option, with));
    }
}
