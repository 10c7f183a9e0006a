package io.dartboard.pipeline.wiring;

import io.dartboard.pipeline.config.Role;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process without the role api opens no port for REST; health and metrics are on the management port all the same. */
public final class RestByRole implements ConfigSourceInterceptor {
    private static final long serialVersionUID = 1L;
    private static final String LISTENS = "quarkus.http.host-enabled";

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        if (name.equals(LISTENS)) {
            var roles = context.proceed("dartboard.roles");
            if (roles != null
                    && roles.getValue() != null
                    && !List.of(roles.getValue().split("[,\\s]+")).contains(Role.API.id())) {
                return roles.withName(LISTENS).withValue("false");
            }
        }
        return context.proceed(name);
    }
}
