package io.dartboard.nas.provenance;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run was told, value by value, by which its snapshots are known again. Settings of records are named as their
 * components, or as those were called {@link Formerly}, e.g. {@code config.alphas.beta1}; a {@link LaterSetting} that is neutral is left out, so that a release can
 * add settings and still go on with what an earlier one has begun. Names of classes are no part of it.
 *
 * @param settings values as text, by name; neither holds a line break, and no name an equals sign
 */
public record Fingerprint(SortedMap<String, String> settings) {
    /** Nothing yet. */
    public static final Fingerprint EMPTY = new Fingerprint(new TreeMap<>());

    private static final String UNSET = "unset";

    public Fingerprint {
        settings.forEach((name, value) -> {
            if (name.contains("=") || name.contains("\n") || value.contains("\n")) {
                throw new IllegalArgumentException("a setting is one line: %s=%s".formatted(name, value));
            }
        });
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /**
     * The same with one setting more, or those of a record.
     *
     * @param value a number, a truth value, a text, an enum, or a record of such and of records
     * @throws IllegalArgumentException if it is something else, whose text may say nothing of its value
     */
    public Fingerprint with(String name, Object value) {
        var all = new TreeMap<>(settings);
        put(name, value, all);
        return new Fingerprint(all);
    }

    /** One line {@code name=value} for each setting, by name. */
    public String text() {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if a line is no setting
     */
    public static Fingerprint read(String text) {
        var all = new TreeMap<String, String>();
        text.lines().forEach(line -> {
            int end = line.indexOf('=');
            if (end < 0) {
                throw new IllegalArgumentException("'%s' is no setting".formatted(line));
            }
            all.put(line.substring(0, end), line.substring(end + 1));
        });
        return new Fingerprint(all);
    }

    /** Each setting in which what is asked for differs from this, as {@code NAME was A, now B}; empty if none does. */
    public Optional<String> difference(Fingerprint asked) {
        var names = new TreeSet<>(settings.keySet());
        names.addAll(asked.settings.keySet());
        List<String> different = new ArrayList<>();
        for (String name : names) {
            String was = settings.getOrDefault(name, UNSET);
            String now = asked.settings.getOrDefault(name, UNSET);
            if (!was.equals(now)) {
                different.add("%s was %s, now %s".formatted(name, was, now));
            }
        }
        return different.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", different));
    }

    /**
     * A record as {@link Record#toString} wrote it in release 0.3.0, by which that release knew its snapshots again:
     * without neutral {@link LaterSetting}s.
     */
    public static String textOfOld(Record settings) {
        return components(settings).stream()
                .map(component -> name(component) + "=" + textOfOld(valueOf(component, settings)))
                .collect(Collectors.joining(", ", settings.getClass().getSimpleName() + "[", "]"));
    }

    private static String textOfOld(@Nullable Object value) {
        return value instanceof Record nested ? textOfOld(nested) : String.valueOf(value);
    }

    private static void put(String name, @Nullable Object value, Map<String, String> into) {
        if (value instanceof Record nested) {
            components(nested)
                    .forEach(component -> put(name + "." + name(component), valueOf(component, nested), into));
        } else if (value instanceof Number
                || value instanceof Boolean
                || value instanceof String
                || value instanceof Enum<?>) {
            into.put(name, value.toString());
        } else {
            throw new IllegalArgumentException(
                    "setting %s is neither a number nor a text nor a record of these (was %s)"
                            .formatted(
                                    name,
                                    value == null ? "null" : value.getClass().getSimpleName()));
        }
    }

    private static List<RecordComponent> components(Record settings) {
        return List.of(Objects.requireNonNull(settings.getClass().getRecordComponents())).stream()
                .filter(component -> {
                    LaterSetting later = component.getAnnotation(LaterSetting.class);
                    return later == null || !later.neutral().equals(textOfOld(valueOf(component, settings)));
                })
                .toList();
    }

    private static String name(RecordComponent component) {
        Formerly formerly = component.getAnnotation(Formerly.class);
        return formerly == null ? component.getName() : formerly.value();
    }

    private static @Nullable Object valueOf(RecordComponent component, Record settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "setting %s of %s cannot be read; is the record public?"
                            .formatted(component.getName(), settings.getClass().getSimpleName()),
                    e);
        }
    }
}
