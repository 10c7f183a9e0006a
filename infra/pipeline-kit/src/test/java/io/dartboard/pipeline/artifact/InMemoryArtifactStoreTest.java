package io.dartboard.pipeline.artifact;

import io.dartboard.pipeline.testkit.InMemoryArtifactStore;

/** The fake is held to the same kit as the store it stands for. */
class InMemoryArtifactStoreTest extends ArtifactStoreKit {
    private final ArtifactStore store = new InMemoryArtifactStore();

    @Override
    ArtifactStore store() {
        return store;
    }
}
