package io.dartboard.pipeline.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of a service that can run in a process of its own: nodes with a GPU run workers only, planners have standbys. */
public enum Role {
    /** REST. */
    API,
    /** Turns facts into jobs; of several, one decides and the others stand by. */
    PLANNER,
    /** Does jobs. */
    WORKER;

    /** What stands for the role in the configuration. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Those of the shared configuration. */
    public static Set<Role> of(PipelineConfig config) {
        return of(config.roles());
    }

    /**
     * The roles of these names.
     *
     * @throws IllegalArgumentException if there is none, or one is unknown
     */
    public static Set<Role> of(Collection<String> ids) {
        var roles = EnumSet.noneOf(Role.class);
        for (var id : ids) {
            roles.add(Arrays.stream(values())
                    .filter(role -> role.id().equals(id.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "dartboard.roles must be of %s (was '%s')".formatted(known(), id))));
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("dartboard.roles must name at least one of %s".formatted(known()));
        }
        return Collections.unmodifiableSet(roles);
    }

    private static String known() {
        return List.of(values()).stream().map(Role::id).collect(Collectors.joining(", "));
    }
}
