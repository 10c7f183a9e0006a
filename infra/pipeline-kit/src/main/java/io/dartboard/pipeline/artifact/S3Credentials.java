package io.dartboard.pipeline.artifact;

import io.dartboard.pipeline.config.StoreCredentials;
import io.dartboard.pipeline.config.StoreSettings;
import io.minio.credentials.AwsConfigProvider;
import io.minio.credentials.AwsEnvironmentProvider;
import io.minio.credentials.ChainedProvider;
import io.minio.credentials.Credentials;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.MinioEnvironmentProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.OkHttpClient;

/** Hands out the keys to the store, and says in one line why there are none. */
final class S3Credentials implements Provider {
    private final StoreSettings settings;
    private final Provider provider;

    /** Looks for nothing before the first request. */
    S3Credentials(StoreSettings settings, OkHttpClient http) {
        this.settings = settings;
        this.provider = provider(settings.credentials(), http);
    }

    @Override
    public Credentials fetch() {
        try {
            return provider.fetch();
        } catch (RuntimeException e) {
            // Without the cause: the client would throw that one away from around it.
            throw new StoreUnavailable(
                    "no credentials for the artifact store at %s: %s cannot be had (%s); set dartboard.s3.access-key and dartboard.s3.secret-key, or dartboard.s3.credentials to another source"
                            .formatted(settings, settings.credentials(), reason(e)));
        }
    }

    private static String reason(RuntimeException e) {
        var cause = e.getCause() instanceof IOException broken ? broken : e;
        return cause.getMessage() == null || cause instanceof java.nio.file.NoSuchFileException
                ? cause.toString()
                : cause.getMessage();
    }

    private static Provider provider(StoreCredentials credentials, OkHttpClient http) {
        if (credentials instanceof StoreCredentials.Keys keys) {
            return new StaticProvider(keys.accessKey(), keys.secretKey(), null);
        }
        if (credentials instanceof StoreCredentials.KeyFiles files) {
            return () -> new Credentials(read(files.accessKey()), read(files.secretKey()), null, null);
        }
        if (credentials instanceof StoreCredentials.Environment) {
            return new ChainedProvider(new AwsEnvironmentProvider(), new MinioEnvironmentProvider());
        }
        if (credentials instanceof StoreCredentials.Profile) {
            return new AwsConfigProvider(null, null);
        }
        return new IamAwsProvider(null, http);
    }

    private static String read(Path file) {
        try {
            var key = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (key.isEmpty()) {
                throw new IllegalStateException("%s is empty".formatted(file));
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
