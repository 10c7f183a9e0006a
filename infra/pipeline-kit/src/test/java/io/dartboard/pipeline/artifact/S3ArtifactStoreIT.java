package io.dartboard.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.pipeline.config.StoreSettings;
import io.dartboard.pipeline.testkit.EmbeddedS3;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit on a real S3 endpoint, and what goes wrong with one. */
class S3ArtifactStoreIT extends ArtifactStoreKit {
    @TempDir
    static Path data;

    private static EmbeddedS3 s3;
    private static S3ArtifactStore store;

    @BeforeAll
    static void start() throws Exception {
        s3 = new EmbeddedS3(data.resolve("s3"));
        store = new S3ArtifactStore(s3.settings());
        store.ensureBucket();
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        s3.close();
    }

    @Override
    ArtifactStore store() {
        return store;
    }

    @Test
    void shouldSayWhatToDoWhenTheCredentialsAreRefused() {
        var right = s3.settings();
        try (var wrong = new S3ArtifactStore(
                new StoreSettings(right.endpoint(), "access", "wrong-secret", right.bucket(), right.region()))) {
            assertThatThrownBy(() -> wrong.put("kit/x", bytes("x")))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining(right.endpoint())
                    .hasMessageContaining("dartboard.s3.secret-key")
                    .hasMessageNotContaining("wrong-secret");
        }
    }

    @Test
    void shouldSayWhatToDoWhenTheStoreIsAway() {
        try (var away = new S3ArtifactStore(
                new StoreSettings("http://127.0.0.1:1", "access", "secret-of-access", "nas", "us-east-1"))) {
            assertThatThrownBy(() -> away.get("kit/x"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("http://127.0.0.1:1")
                    .hasMessageContaining("dartboard.s3.endpoint");
        }
    }

    @Test
    void shouldTellAMissingBucketFromAMissingObject() {
        var right = s3.settings();
        try (var elsewhere = new S3ArtifactStore(
                new StoreSettings(right.endpoint(), right.credentials(), "no-such-bucket", right.region(), ""))) {
            assertThatThrownBy(() -> elsewhere.get("kit/x"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("dartboard.s3.bucket");
        }
    }

    @Test
    void shouldReadItsOwnAddressesOnly() {
        assertThat(store.key("s3://nas/a/b")).isEqualTo("a/b");
        assertThatThrownBy(() -> store.key("s3://other/a/b")).isInstanceOf(IllegalArgumentException.class);
    }
}
