package io.dartboard.pipeline.testkit;

import io.dartboard.pipeline.config.StoreSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;

/** An S3 endpoint over a folder, signed requests only. */
public final class EmbeddedS3 implements AutoCloseable {
    private final S3Proxy proxy;
    private final StoreSettings settings;

    public EmbeddedS3(Path folder) throws Exception {
        this(folder, null);
    }

    /** Over TLS if it has a certificate. */
    public EmbeddedS3(Path folder, @Nullable Certificate certificate) throws Exception {
        Files.createDirectories(folder);
        var builder = S3Proxy.builder();
        if (certificate == null) {
            builder.endpoint(URI.create("http://127.0.0.1:0"));
        } else {
            builder.secureEndpoint(URI.create("https://127.0.0.1:0"))
                    .keyStore(certificate.store().toString(), Certificate.PASSWORD);
        }
        proxy = builder.awsAuthentication(AuthenticationType.AWS_V4, "access", "secret-of-access")
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .ignoreUnknownHeaders(true)
                .build();
        proxy.start();
        settings = new StoreSettings(
                certificate == null
                        ? "http://127.0.0.1:" + proxy.getPort()
                        : "https://localhost:" + proxy.getSecurePort(),
                "access",
                "secret-of-access",
                "nas",
                "us-east-1");
    }

    public StoreSettings settings() {
        return settings;
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
    }
}
