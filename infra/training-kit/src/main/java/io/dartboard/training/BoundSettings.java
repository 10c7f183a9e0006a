package io.dartboard.training;

import io.dartboard.events.SearchSettings;
import io.dartboard.nas.bilevel.Composition;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.setting.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Settings as a run's contracts carry them, as the records that nas-core trains with: bound by name, so that a setting has one
 * name from the file that a person writes to the equation that uses it.
 */
public final class BoundSettings {
    /** The part of a contract that only texts have; its fields bind beside the others. */
    public static final String RECURRENT = "recurrent";

    /** Of images, read beside the records: how many are used, to which size they are brought, and how many are held out. */
    public static final Set<String> BESIDE_IMAGES = Set.of("images", "resolution", "validPortion");

    /** Of texts, read beside the records. */
    public static final Set<String> BESIDE_TEXTS = Set.of();

    /** The contracts' own: not what is trained with, but which training it is. */
    private static final String SEED = "seed";

    private BoundSettings() {}

    /**
     * Settings for images.
     *
     * @throws IllegalArgumentException with one line, if they are impossible or have those of texts
     */
    public static <R extends Record> R ofImages(SpecificRecord settings, Class<R> config) {
        if (recurrent(settings).isPresent()) {
            throw new IllegalArgumentException("recurrent is for texts; start from a preset for images");
        }
        return bound(
                settings, config, BESIDE_IMAGES, "%s is for texts: it must be 0 in the settings of images (was %s)");
    }

    /**
     * Settings for a text.
     *
     * @throws IllegalArgumentException with one line, if they are impossible or are those of images
     */
    public static <R extends Record> R ofText(SpecificRecord settings, Class<R> config) {
        if (recurrent(settings).isEmpty()) {
            throw new IllegalArgumentException("recurrent is missing; start from a preset for texts");
        }
        return bound(
                settings, config, BESIDE_TEXTS, "%s is for images: it must be 0 in the settings of a text (was %s)");
    }

    /**
     * The method of a search, with the parts and the parameters that are given.
     *
     * @param known those that can be asked for
     * @throws IllegalArgumentException with one line, if there is no such method or part, or it has no such parameter, or cannot
     *     search that space, or in so few epochs
     */
    public static SearchMethod method(SearchSettings settings, List<SearchMethod> known) {
        var parameters = settings.getParameters();
        var parts = settings.getParts();
        // As it is written, so that a method which a later release knows by a shorter name is gone on with.
        var composition = new Composition(settings.getMethod(), parts == null ? new TreeMap<>() : new TreeMap<>(parts));
        var method = composition.among(known).with(parameters == null ? Map.of() : parameters);
        var space = SearchSpace.of(settings.getSpace());
        method.require(space);
        method.require(space, settings.getEpochs());
        return method;
    }

    /** A setting that nothing reads misleads: what the record does not have must be 0. */
    private static <R extends Record> R bound(
            SpecificRecord settings, Class<R> config, Set<String> beside, String misplaced) {
        var read = new HashSet<>(Settings.names(config));
        read.addAll(beside);
        read.add(SEED);
        for (var field : settings.getSchema().getFields()) {
            if (!read.contains(field.name())
                    && settings.get(field.pos()) instanceof Number value
                    && value.doubleValue() != 0) {
                throw new IllegalArgumentException(misplaced.formatted(field.name(), value));
            }
        }
        return Settings.bind(config, name -> value(settings, name)
                .or(() -> recurrent(settings).flatMap(part -> value(part, name)))
                .orElse(null));
    }

    private static Optional<SpecificRecord> recurrent(SpecificRecord settings) {
        return value(settings, RECURRENT).map(SpecificRecord.class::cast);
    }

    private static Optional<Object> value(SpecificRecord settings, String name) {
        Schema.@Nullable Field field = settings.getSchema().getField(name);
        return field == null ? Optional.empty() : Optional.ofNullable(settings.get(field.pos()));
    }
}
