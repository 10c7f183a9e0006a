package io.dartboard.nas.setting;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records of settings by name. A component that is itself a record stands for its components: a name has no prefix, and means
 * one thing wherever it is written.
 */
public final class Settings {
    private Settings() {}

    /** Every value under its name, in the records' order. */
    public static Map<String, Object> values(Record settings) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : components(settings.getClass())) {
            Object value = valueOf(component, settings);
            Map<String, Object> named =
                    value instanceof Record part ? values(part) : Map.of(component.getName(), value);
            named.forEach((name, each) -> {
                if (values.put(name, each) != null) {
                    throw new IllegalStateException("two settings of %s are called %s"
                            .formatted(settings.getClass().getSimpleName(), name));
                }
            });
        }
        return values;
    }

    /** The names of all settings of a record, in its order. */
    public static List<String> names(Class<? extends Record> type) {
        return components(type).stream()
                .flatMap(component ->
                        part(component).map(nested -> names(nested).stream()).orElse(Stream.of(component.getName())))
                .toList();
    }

    /**
     * Makes a record of settings.
     *
     * @param values gives the value of a name: an Integer, a Long or a Double as the component is
     * @throws IllegalArgumentException as the record throws it, with one line that begins with the setting's name; or if a
     *     setting has no value
     * @throws SeveralFaults if several of these hold
     */
    public static <R extends Record> R bind(Class<R> type, Function<String, @Nullable Object> values) {
        List<RecordComponent> components = components(type);
        Object[] arguments = new Object[components.size()];
        Checks.all(IntStream.range(0, arguments.length)
                .<Runnable>mapToObj(index -> () -> arguments[index] = argument(components.get(index), values))
                .toArray(Runnable[]::new));
        Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("%s cannot be made; is it public?".formatted(type.getSimpleName()), e);
        }
    }

    private static Object argument(RecordComponent component, Function<String, @Nullable Object> values) {
        return part(component).map(nested -> (Object) bind(nested, values)).orElseGet(() -> value(component, values));
    }

    private static Object value(RecordComponent component, Function<String, @Nullable Object> values) {
        Object value = values.apply(component.getName());
        if (value == null) {
            throw new IllegalArgumentException("%s is missing".formatted(component.getName()));
        }
        return value;
    }

    private static Optional<Class<? extends Record>> part(RecordComponent component) {
        return component.getType().isRecord()
                ? Optional.of(component.getType().asSubclass(Record.class))
                : Optional.empty();
    }

    private static List<RecordComponent> components(Class<? extends Record> type) {
        return Arrays.asList(Objects.requireNonNull(type.getRecordComponents()));
    }

    private static Object valueOf(RecordComponent component, Record settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "%s of %s cannot be read; is the record public?"
                            .formatted(component.getName(), settings.getClass().getSimpleName()),
                    e);
        }
    }
}
