package io.dartboard.pipeline.artifact;

/**
 * Who watches while a job prepares: fetches, checks, unpacks and reads its data. Whoever prepares tells at every buffer and
 * every file how far it is. That is the job's sign of life, and the moment at which it hears that it shall stop: any call
 * throws then, and what lies on the local disk stays there for the next attempt.
 */
public interface Preparation {

    /** Nobody watches and nobody stops it. */
    Preparation UNWATCHED = new Preparation() {
        @Override
        public void at(String activity, long done, long total) {
            // Nobody watches.
        }

        @Override
        public void waits(String reason) {
            // Nobody watches.
        }
    };

    /**
     * It goes on.
     *
     * @param activity what is being done, as "fetching dataset cifar10 version 1"
     * @param done bytes that are done
     * @param total bytes in all; 0 where that is not known
     * @throws java.util.concurrent.CancellationException if the job was told to stop; let it pass
     */
    void at(String activity, long done, long total);

    /**
     * It waits for somebody else; to be said again at least every second.
     *
     * @param reason for whom or what, one line for people
     * @throws java.util.concurrent.CancellationException if the job was told to stop; let it pass
     */
    void waits(String reason);
}
