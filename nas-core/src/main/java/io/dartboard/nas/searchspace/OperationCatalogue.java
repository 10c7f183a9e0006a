package io.dartboard.nas.searchspace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Every operation that there is, by its primitive. */
public final class OperationCatalogue {
    private final Map<Primitive, CatalogueEntry> entries;

    /**
     * The operations of some sources, in their order.
     *
     * @throws IllegalArgumentException if two have one name
     */
    public OperationCatalogue(Iterable<OperationSource> sources) {
        Map<String, CatalogueEntry> byName = new LinkedHashMap<>();
        Map<Primitive, CatalogueEntry> all = new LinkedHashMap<>();
        for (OperationSource source : sources) {
            for (CatalogueEntry entry : source.operations()) {
                CatalogueEntry other = byName.put(entry.primitive().publishedName(), entry);
                if (other != null) {
                    throw new IllegalArgumentException("two operations are called '%s': %s and %s; remove or rename one"
                            .formatted(
                                    entry.primitive(),
                                    other.getClass().getName(),
                                    entry.getClass().getName()));
                }
                all.put(entry.primitive(), entry);
            }
        }
        this.entries = Collections.unmodifiableMap(all);
    }

    /** The operations of every source that is installed, read once. */
    public static OperationCatalogue installed() {
        return Installed.CATALOGUE;
    }

    /** What they are called. */
    public List<Primitive> primitives() {
        return List.copyOf(entries.keySet());
    }

    /**
     * What a shelf knows of an operation.
     *
     * @param as what that shelf calls an operation
     * @throws IllegalArgumentException if there is no operation of that primitive, or it does not say what is needed
     */
    public <T extends CatalogueEntry> T entry(Primitive primitive, Class<T> as) {
        CatalogueEntry found = entries.get(primitive);
        if (!as.isInstance(found)) {
            throw new IllegalArgumentException(
                    found == null
                            ? "operation '%s' is not in the catalogue; known: %s".formatted(primitive, entries.keySet())
                            : "operation '%s' is no %s: %s must implement it"
                                    .formatted(
                                            primitive,
                                            as.getSimpleName(),
                                            found.getClass().getName()));
        }
        return as.cast(found);
    }

    private static final class Installed {
        // The loader of this class and not a thread's, which differs from thread to thread in a server.
        static final OperationCatalogue CATALOGUE = new OperationCatalogue(
                ServiceLoader.load(OperationSource.class, OperationCatalogue.class.getClassLoader()));
    }
}
