package io.dartboard.nas.text.data;

import io.dartboard.nas.data.ArchiveWriter;
import io.dartboard.nas.data.DatasetFile;
import io.dartboard.nas.data.DatasetFiles;
import io.dartboard.nas.data.Findings;
import io.dartboard.nas.data.ForeignFiles;
import io.dartboard.nas.data.InvalidDatasetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of a corpus as somebody brings them.
 *
 * @param source where they were brought from
 * @param files by name
 * @param findings what was passed over
 */
public record TextFiles(Path source, Map<String, byte[]> files, Findings findings) {

    /**
     * Finds and reads them.
     *
     * @param most bytes that they may have together
     * @throws InvalidDatasetException if they are larger, or a name comes twice
     * @throws IOException if this machine cannot read them
     */
    public static TextFiles of(DatasetFiles brought, long most) throws IOException {
        Findings.Builder findings = new Findings.Builder();
        Set<CorpusLayout> layouts =
                CorpusLayout.among(brought.all().stream().map(DatasetFile::name).toList());
        Map<String, byte[]> files = new TreeMap<>();
        long left = most;
        for (DatasetFile file : brought.all()) {
            Optional<CorpusLayout> layout = CorpusLayout.ofFile(file.name()).filter(layouts::contains);
            if (ForeignFiles.isForeign(file.path())) {
                findings.passedOver(ForeignFiles.WHY, file.path());
            } else if (layout.isEmpty()) {
                findings.passedOver("no part of the corpus", file.path());
            } else {
                byte[] content = file.read(left);
                left -= content.length;
                if (files.put(file.name(), content) != null) {
                    throw new InvalidDatasetException("%s holds a part of %s twice: keep one corpus in it"
                            .formatted(brought.source(), layout.get().pattern()));
                }
            }
        }
        return new TextFiles(brought.source(), files, findings.build());
    }

    /** True if some of the names are those of a corpus. */
    public static boolean areLike(Collection<String> names) {
        return !CorpusLayout.among(names).isEmpty();
    }

    /**
     * Packs them as a {@code .tar.gz}.
     *
     * @throws IOException if the archive cannot be written
     */
    public void pack(Path archive) throws IOException {
        ArchiveWriter.pack(files, archive);
    }
}
