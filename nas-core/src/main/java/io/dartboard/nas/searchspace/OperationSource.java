package io.dartboard.nas.searchspace;

import java.util.List;

/**
 * Where operations come from. A source is a service ({@link java.util.ServiceLoader}), so that a name can be read down
 * here while its operation is computed far above, and so that a jar can bring its own.
 */
public interface OperationSource {
    /** Its operations. Listing them must need no native library: cells are read where there is none. */
    List<CatalogueEntry> operations();
}
