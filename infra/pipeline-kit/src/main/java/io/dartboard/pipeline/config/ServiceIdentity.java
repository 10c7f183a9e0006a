package io.dartboard.pipeline.config;

/**
 * Who speaks.
 *
 * @param name name of the service, e.g. search-svc
 * @param version its version
 */
public record ServiceIdentity(String name, String version) {
    public ServiceIdentity {
        Check.filled("quarkus.application.name", name);
        Check.filled("quarkus.application.version", version);
    }

    /** The source attribute of its events. */
    public String source() {
        return "/dartboard/" + name;
    }
}
