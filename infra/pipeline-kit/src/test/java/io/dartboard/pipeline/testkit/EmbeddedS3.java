package io.dartboard.pipeline.testkit;

import io.dartboard.pipeline.config.StoreSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 endpoint over a folder, signed requests only. */
public final class EmbeddedS3 implements AutoCloseable {
    private final S3Proxy proxy;
    private final StoreSettings settings;

    public EmbeddedS3(Path folder) throws Exception {
        Files.createDirectories(folder);
        proxy = S3Proxy.builder()
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "access", "secret-of-access")
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .ignoreUnknownHeaders(true)
                .build();
        proxy.start();
        settings = new StoreSettings(
                "http://127.0.0.1:" + proxy.getPort(), "access", "secret-of-access", "nas", "us-east-1");
    }

    public StoreSettings settings() {
        return settings;
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
    }
}
