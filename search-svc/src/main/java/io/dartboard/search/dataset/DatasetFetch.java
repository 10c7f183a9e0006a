package io.dartboard.search.dataset;

import io.dartboard.nas.data.ArchiveWriter;
import io.dartboard.pipeline.artifact.ArtifactMissing;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.pipeline.artifact.WorkDirUnavailable;
import io.dartboard.search.body.Problem;
import io.dartboard.search.body.Refused;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Gets a dataset to this machine from where it was brought: a folder or an archive of the host, an archive in a bucket, or all
 * that lies below a prefix of one. No key of a bucket becomes a name on this machine.
 */
final class DatasetFetch {
    private static final String FETCHING = "fetching the dataset";

    private final DatasetFolders folders;
    private final DatasetBuckets buckets;
    private final PublishProgress progress;

    DatasetFetch(DatasetFolders folders, DatasetBuckets buckets, PublishProgress progress) {
        this.folders = folders;
        this.buckets = buckets;
        this.progress = progress;
    }

    /**
     * A folder or an archive with the dataset.
     *
     * @param scratch where it is put if it is not on this machine
     * @throws Refused if the location is none, or must not be read
     */
    Path get(String location, Path scratch) {
        if (location.startsWith("s3://")) { // A key may have what no URI has.
            return fetched(location, scratch);
        }
        var uri = uri(location);
        if (!"file".equals(uri.getScheme())) {
            throw Refused.malformed("location must begin with file:/// or s3:// (was '%s')".formatted(location));
        }
        return local(path(uri, location, scratch));
    }

    private Path local(Path path) {
        folders.require(path);
        if (!Files.isReadable(path)) {
            throw Refused.impossible(
                    "%s cannot be read on the host of search-svc; check the path and its permissions".formatted(path));
        }
        return path;
    }

    private Path fetched(String location, Path scratch) {
        var store = buckets.of(location);
        if (location.endsWith("/")) {
            return below(store, location, scratch);
        }
        var fetched = scratch.resolve("fetched");
        progress.at(FETCHING, 0, 0);
        try (var in = new Counted(store.open(store.key(location)), location, 0, 0)) {
            Files.copy(in, fetched);
            return fetched;
        } catch (ArtifactMissing e) {
            throw new Refused(Problem.Kind.IMPOSSIBLE, "there is no object at %s".formatted(location), e);
        } catch (IOException e) {
            throw WorkDirUnavailable.writing(scratch, location, e);
        }
    }

    /** What is not the same before and after may be neither, so it is not taken. */
    private Path below(ArtifactStore store, String location, Path scratch) {
        var listing = buckets.list(location);
        if (listing.objects().isEmpty()) {
            throw Refused.impossible("there is nothing below %s".formatted(location));
        }
        var newest = listing.newestArchive();
        Path fetched;
        try {
            fetched = newest.isPresent()
                    ? fetched(store.uri(newest.get().key()), scratch)
                    : packed(store, listing, scratch.resolve("fetched"));
        } catch (Refused | ArtifactMissing e) {
            throw buckets.list(location).equals(listing) ? e : changed(location);
        } catch (EOFException e) {
            throw changed(location);
        } catch (IOException e) {
            throw WorkDirUnavailable.writing(scratch, location, e);
        }
        if (!buckets.list(location).equals(listing)) {
            throw changed(location);
        }
        return fetched;
    }

    private Path packed(ArtifactStore store, Listing listing, Path into) throws IOException {
        var root = store.key(listing.location());
        var done = 0L;
        try (var archive = ArchiveWriter.storing(into)) {
            for (var object : listing.objects()) {
                var name = object.key().substring(root.length());
                try (var in = new Counted(store.open(object.key()), store.uri(object.key()), done, listing.bytes())) {
                    archive.add(name, object.bytes(), in);
                }
                done += object.bytes();
            }
        }
        return into;
    }

    private static Refused changed(String location) {
        return Refused.conflict(
                "what lies below %s has changed while it was read; publish it again".formatted(location));
    }

    private static Path path(URI uri, String location, Path scratch) {
        var written = Optional.ofNullable(uri.getPath()).orElse("");
        if (!written.startsWith("/") || written.indexOf('\0') >= 0) {
            throw Refused.malformed(
                    "location must name a file or folder, as file:///data/x (was '%s')".formatted(location));
        }
        try {
            return Path.of(written);
        } catch (InvalidPathException e) {
            throw WorkDirUnavailable.naming(scratch, "the dataset", e);
        }
    }

    private static URI uri(String location) {
        try {
            return URI.create(location);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.Kind.MALFORMED, "location is no address: %s".formatted(e.getMessage()), e);
        }
    }

    /** An object on its way; that it breaks off is told as the store's fault and not as that of this machine's disk. */
    private final class Counted extends FilterInputStream {
        private final String location;
        private final long of;
        private long done;

        Counted(InputStream in, String location, long done, long of) {
            super(in);
            this.location = location;
            this.done = done;
            this.of = of;
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int most) {
            try {
                var n = super.read(buffer, from, most);
                done += Math.max(0, n);
                progress.at(FETCHING, done, of);
                return n;
            } catch (IOException e) {
                throw new StoreUnavailable("reading %s broke off: %s".formatted(location, e.getMessage()), e);
            }
        }
    }
}
