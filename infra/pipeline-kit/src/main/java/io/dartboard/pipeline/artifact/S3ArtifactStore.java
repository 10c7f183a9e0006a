package io.dartboard.pipeline.artifact;

import io.dartboard.events.ArtifactRef;
import io.dartboard.pipeline.config.StoreSettings;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.Headers;

/**
 * Artifacts on an S3 endpoint, through the MinIO client and the plain S3 API: no tags, versions, lifecycle rules or bucket
 * policies, which not every endpoint has.
 *
 * <p>The digest of each object travels as its user metadata {@code sha256} and is checked whenever the object is read.
 */
public final class S3ArtifactStore implements ArtifactStore, AutoCloseable {
    private static final String DIGEST = "sha256";
    private static final Set<String> MISSING = Set.of("NoSuchKey", "NoSuchObject", "ResourceNotFound");
    private static final Set<String> TAKEN = Set.of("PreconditionFailed", "ConditionalRequestConflict");
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final StoreSettings settings;
    private final S3Connection connection;
    private final MinioClient client;

    /** Connects with the first request: a store that is not there yet is no error. */
    public S3ArtifactStore(StoreSettings settings) {
        this.settings = settings;
        this.connection = new S3Connection(settings);
        this.client = connection.client();
    }

    @Override
    public ArtifactRef put(String key, byte[] content) {
        var digest = ArtifactDigest.sha256(content);
        try {
            reach(() -> client.putObject(upload(key, content, digest, Map.of())));
        } catch (MinioException e) {
            throw unavailable("write " + key, e);
        }
        return new ArtifactRef(uri(key), digest, (long) content.length);
    }

    @Override
    public ArtifactRef put(String key, Path file) {
        try {
            var digest = ArtifactDigest.sha256(file);
            reach(() -> client.uploadObject(UploadObjectArgs.builder()
                    .bucket(settings.bucket())
                    .object(key)
                    .filename(file.toString())
                    .userMetadata(Map.of(DIGEST, digest))
                    .contentType("application/octet-stream")
                    .build()));
            return new ArtifactRef(uri(key), digest, Files.size(file));
        } catch (MinioException e) {
            throw unavailable("write " + key, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read %s, which was to be stored".formatted(file), e);
        }
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        try {
            reach(() -> client.putObject(
                    upload(key, content, ArtifactDigest.sha256(content), Map.of("If-None-Match", "*"))));
            return true;
        } catch (ErrorResponseException e) {
            if (is(e, TAKEN, PRECONDITION_FAILED, CONFLICT)) {
                return false;
            }
            throw unavailable("write " + key, e);
        } catch (MinioException e) {
            throw unavailable("write " + key, e);
        }
    }

    @Override
    public Optional<Seen> find(String key) {
        try {
            return Optional.of(read(key, ""));
        } catch (ArtifactMissing e) {
            return Optional.empty();
        }
    }

    @Override
    public byte[] get(String key) {
        return read(key, "").content();
    }

    @Override
    public byte[] get(ArtifactRef ref) {
        return read(key(ref.getUri()), ref.getSha256()).content();
    }

    @Override
    public void download(ArtifactRef ref, Path file) {
        var key = key(ref.getUri());
        try (var in = reach(() -> client.getObject(getArgs(key)));
                var out = Files.newOutputStream(file)) {
            check(key, ref.getSha256(), ArtifactDigest.copy(in, out));
        } catch (ErrorResponseException e) {
            discard(file);
            throw onRead(key, e);
        } catch (MinioException e) {
            discard(file);
            throw unavailable("read " + key, e);
        } catch (IOException e) {
            discard(file);
            throw new StoreUnavailable(
                    "reading %s from %s into %s broke off: %s".formatted(key, settings, file, e.getMessage()), e);
        } catch (ArtifactCorrupt e) {
            discard(file);
            throw e;
        }
    }

    @Override
    public InputStream open(ArtifactRef ref, long offset) {
        var key = key(ref.getUri());
        var args = GetObjectArgs.builder().bucket(settings.bucket()).object(key);
        try {
            var in = reach(() -> client.getObject((offset > 0 ? args.offset(offset) : args).build()));
            var written = in.headers().get("x-amz-meta-" + DIGEST);
            if (written != null && !written.equals(ref.getSha256())) {
                in.close();
                check(key, ref.getSha256(), written);
            }
            if (offset > 0 && in.headers().get("Content-Range") == null) {
                in.skipNBytes(offset); // not every endpoint knows ranges
            }
            return in;
        } catch (ErrorResponseException e) {
            if (is(e, Set.of("InvalidRange"), RANGE_NOT_SATISFIABLE)) {
                throw new ArtifactCorrupt("%s in %s ends before byte %d".formatted(key, settings, offset), e);
            }
            throw onRead(key, e);
        } catch (MinioException e) {
            throw unavailable("read " + key, e);
        } catch (IOException e) {
            throw new StoreUnavailable("reading %s from %s broke off: %s".formatted(key, settings, e.getMessage()), e);
        }
    }

    @Override
    public InputStream open(String key) {
        try {
            return reach(() -> client.getObject(getArgs(key)));
        } catch (ErrorResponseException e) {
            throw onRead(key, e);
        } catch (MinioException e) {
            throw unavailable("read " + key, e);
        }
    }

    @Override
    public List<StoredObject> objects(String prefix) {
        var objects = new ArrayList<StoredObject>();
        try {
            reach(() -> {
                for (var result : client.listObjects(ListObjectsArgs.builder()
                        .bucket(settings.bucket())
                        .prefix(prefix)
                        .recursive(true)
                        .build())) {
                    objects.add(stored(result.get()));
                }
                return objects;
            });
        } catch (MinioException e) {
            throw unavailable("list " + prefix, e);
        }
        objects.sort(Comparator.comparing(StoredObject::key));
        return objects;
    }

    private static StoredObject stored(Item item) {
        var etag = item.etag();
        var written = item.lastModified();
        return new StoredObject(
                item.objectName(),
                item.size(),
                etag == null ? "" : etag,
                written == null ? Instant.EPOCH : written.toInstant());
    }

    @Override
    public boolean exists(String key) {
        try {
            reach(() -> client.statObject(StatObjectArgs.builder()
                    .bucket(settings.bucket())
                    .object(key)
                    .build()));
            return true;
        } catch (ErrorResponseException e) {
            if (isMissing(e)) {
                return false;
            }
            throw unavailable("look up " + key, e);
        } catch (MinioException e) {
            throw unavailable("look up " + key, e);
        }
    }

    @Override
    public void delete(String key) {
        try {
            reach(() -> {
                client.removeObject(RemoveObjectArgs.builder()
                        .bucket(settings.bucket())
                        .object(key)
                        .build());
                return key;
            });
        } catch (MinioException e) {
            throw unavailable("remove " + key, e);
        }
    }

    @Override
    public void ensureBucket() {
        try {
            if (!bucketExists()) {
                reach(() -> {
                    client.makeBucket(
                            MakeBucketArgs.builder().bucket(settings.bucket()).build());
                    return settings.bucket();
                });
            }
        } catch (MinioException e) {
            if (!lostRace(e)) {
                throw unavailable("create the bucket", e);
            }
        }
    }

    @Override
    public String uri(String key) {
        return "s3://%s/%s".formatted(settings.bucket(), key);
    }

    @Override
    public void close() {
        connection.close();
    }

    private boolean bucketExists() throws MinioException {
        return reach(() -> client.bucketExists(
                BucketExistsArgs.builder().bucket(settings.bucket()).build()));
    }

    /** True if another service has made the bucket between our look and our try. */
    private static boolean lostRace(MinioException e) {
        return e instanceof ErrorResponseException refused
                && Set.of("BucketAlreadyOwnedByYou", "BucketAlreadyExists")
                        .contains(String.valueOf(refused.errorResponse().code()));
    }

    /** Calls the client, which tells a broken connection now as its own exception and now as an unchecked one. */
    private static <T> T reach(Call<T> call) throws MinioException {
        try {
            return call.run();
        } catch (IllegalStateException | UncheckedIOException e) {
            if (e.getCause() instanceof StoreUnavailable without) {
                throw without;
            }
            if (e.getCause() instanceof IOException || e.getCause() instanceof CertificateException) {
                var broken = (Exception) e.getCause();
                throw new MinioException(String.valueOf(broken.getMessage()), broken);
            }
            throw e;
        }
    }

    /** @param expected digest; empty for that which it was written with */
    private Seen read(String key, String expected) {
        try (var in = reach(() -> client.getObject(getArgs(key)))) {
            var written = in.headers().get("x-amz-meta-" + DIGEST);
            var out = new ByteArrayOutputStream();
            var digest = ArtifactDigest.copy(in, out);
            check(key, expected.isEmpty() ? (written == null ? digest : written) : expected, digest);
            return new Seen(out.toByteArray(), age(in.headers()));
        } catch (ErrorResponseException e) {
            throw onRead(key, e);
        } catch (MinioException e) {
            throw unavailable("read " + key, e);
        } catch (IOException e) {
            throw new StoreUnavailable("reading %s from %s broke off: %s".formatted(key, settings, e.getMessage()), e);
        }
    }

    /** Both times are the store's: to a second, which is a small part of any lease. */
    private static Duration age(Headers headers) {
        var written = headers.getInstant("Last-Modified");
        var now = headers.getInstant("Date");
        var age = written == null ? Duration.ZERO : Duration.between(written, now == null ? Instant.now() : now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private PutObjectArgs upload(String key, byte[] content, String digest, Map<String, String> headers) {
        var args = PutObjectArgs.builder()
                .bucket(settings.bucket())
                .object(key)
                .data(content, content.length)
                .userMetadata(Map.of(DIGEST, digest))
                .contentType(key.endsWith(".json") ? "application/json" : "application/octet-stream");
        return (headers.isEmpty() ? args : args.extraHeaders(headers)).build();
    }

    private GetObjectArgs getArgs(String key) {
        return GetObjectArgs.builder().bucket(settings.bucket()).object(key).build();
    }

    private void check(String key, String expected, String found) {
        if (!expected.equals(found)) {
            throw new ArtifactCorrupt(
                    "%s in %s has SHA-256 %s and should have %s".formatted(key, settings, found, expected));
        }
    }

    private RuntimeException onRead(String key, ErrorResponseException e) {
        if (isMissing(e)) {
            return new ArtifactMissing("%s is not in %s".formatted(key, settings), e);
        }
        return unavailable("read " + key, e);
    }

    private StoreUnavailable unavailable(String what, MinioException e) {
        return S3Trouble.of(settings, what, e);
    }

    /** True for an object that is not there, in a bucket that is. */
    private static boolean isMissing(ErrorResponseException e) {
        return is(e, MISSING, NOT_FOUND)
                && !"NoSuchBucket".equals(e.errorResponse().code());
    }

    private static boolean is(ErrorResponseException e, Set<String> codes, int... statuses) {
        var code = e.errorResponse().code();
        if (code != null && codes.contains(code)) {
            return true;
        }
        for (var status : statuses) {
            if (e.response() != null && e.response().code() == status) {
                return true;
            }
        }
        return false;
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call of the client. */
    @FunctionalInterface
    private interface Call<T> {
        T run() throws MinioException;
    }
}
