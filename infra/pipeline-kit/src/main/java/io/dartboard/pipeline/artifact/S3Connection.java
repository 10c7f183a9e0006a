package io.dartboard.pipeline.artifact;

import io.dartboard.pipeline.config.StoreSettings;
import io.minio.Http;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** The way to the store: who is trusted, who signs, and where a proxy has put it. */
final class S3Connection implements AutoCloseable {
    private final OkHttpClient http;
    private final MinioClient client;

    /**
     * Connects with the first request.
     *
     * @throws StoreUnavailable if the authority's file cannot be read; one line
     */
    S3Connection(StoreSettings settings) {
        var plain = trusting(
                settings,
                new OkHttpClient.Builder()
                        .connectTimeout(Duration.ofSeconds(5))
                        .readTimeout(Duration.ofSeconds(30))
                        .writeTimeout(Duration.ofSeconds(60))
                        .protocols(List.of(Protocol.HTTP_1_1))
                        .build());
        this.http = behind(settings.path(), plain);
        this.client = MinioClient.builder()
                .endpoint(settings.server())
                .region(settings.region())
                .credentialsProvider(new S3Credentials(settings, plain))
                .httpClient(http)
                .build();
    }

    MinioClient client() {
        return client;
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private static OkHttpClient trusting(StoreSettings settings, OkHttpClient http) {
        if (settings.caFile().isEmpty()) {
            return http;
        }
        if (!Files.isReadable(Path.of(settings.caFile()))) {
            throw new StoreUnavailable(
                    "dartboard.s3.ca-file cannot be read (%s); name a readable PEM file".formatted(settings.caFile()));
        }
        try {
            return Http.enableExternalCertificates(http, settings.caFile(), null);
        } catch (MinioException e) {
            throw new StoreUnavailable(
                    "dartboard.s3.ca-file holds no certificate in PEM (%s: %s)"
                            .formatted(settings.caFile(), e.getMessage()),
                    e);
        }
    }

    /**
     * A proxy takes the path away before the store sees the request, and the store checks the signature of what it sees: so
     * the path comes on after signing.
     */
    private static OkHttpClient behind(String path, OkHttpClient http) {
        return path.isEmpty()
                ? http
                : http.newBuilder()
                        .addInterceptor(chain -> {
                            var request = chain.request();
                            var url = request.url();
                            return chain.proceed(request.newBuilder()
                                    .url(url.newBuilder()
                                            .encodedPath(path + url.encodedPath())
                                            .build())
                                    .build());
                        })
                        .build();
    }
}
