package io.dartboard.local.stack;

import io.dartboard.local.home.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 endpoint over a folder: one sub-folder for each bucket, one file for each object. Signed requests only. */
final class ObjectStore implements AutoCloseable {
    private final S3Proxy proxy;

    private ObjectStore(S3Proxy proxy) {
        this.proxy = proxy;
    }

    /**
     * Starts; returns when it takes requests.
     *
     * @param folder where the buckets lie
     * @param endpoint address to listen on
     */
    static ObjectStore start(Path folder, String endpoint, Credentials credentials) {
        try {
            Files.createDirectories(folder);
            var proxy = S3Proxy.builder()
                    .endpoint(URI.create(endpoint))
                    .awsAuthentication(AuthenticationType.AWS_V4, credentials.accessKey(), credentials.secretKey())
                    .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                    .ignoreUnknownHeaders(true)
                    .build();
            proxy.start();
            return new ObjectStore(proxy);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the S3 endpoint cannot start at %s: %s".formatted(endpoint, e.getMessage()), e);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the S3 endpoint cannot start at %s: %s".formatted(endpoint, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 endpoint did not stop: " + e.getMessage(), e);
        }
    }
}
