package io.dartboard.search.request;

import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.preset.Preset;
import io.dartboard.training.BoundSettings;
import io.dartboard.training.kind.Kind;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Presets in the words of the contracts: field by field, what a preset leaves open has the contract's default, or is 0 where
 * it has no meaning for what the preset is one for.
 */
public final class PresetSettings {
    /** What a run's file says and no recipe can know. */
    private static final Set<String> OF_NO_RECIPE =
            Set.of("dataset", "seed", "parameters", "parts", "guard", BoundSettings.RECURRENT);

    private PresetSettings() {}

    public static SearchSettings search(Preset preset) {
        return fill(new SearchSettings(), preset);
    }

    public static RetrainSettings retraining(Preset preset) {
        return fill(new RetrainSettings(), preset);
    }

    /** The dataset is still to be named. */
    public static TransferSettings transfer(Preset preset) {
        return fill(new TransferSettings(), preset);
    }

    /**
     * Fields of a contract that settings from this preset have no use for, being 0 or null in them: what only
     * another kind has.
     */
    static Set<String> unused(Preset preset, Schema contract) {
        var beside = Kind.of(preset).readBeside();
        return contract.getFields().stream()
                .map(Schema.Field::name)
                .filter(name -> !preset.values().containsKey(name))
                .filter(name -> !beside.contains(name) && !OF_NO_RECIPE.contains(name))
                .collect(Collectors.toSet());
    }

    private static <R extends SpecificRecordBase> R fill(R settings, Preset preset) {
        for (var field : settings.getSchema().getFields()) {
            settings.put(field.pos(), value(field, preset));
        }
        return settings;
    }

    private static @Nullable Object value(Schema.Field field, Preset preset) {
        var value = preset.values().get(field.name());
        if (value != null) {
            return value;
        }
        if (field.name().equals(BoundSettings.RECURRENT)) {
            return Kind.of(preset).hasRecurrentSettings() ? fill(recurrent(field.schema()), preset) : null;
        }
        if (field.hasDefaultValue()) {
            return SpecificData.get().getDefaultValue(field);
        }
        return switch (field.schema().getType()) {
            case INT -> 0;
            case DOUBLE -> 0.0;
            default -> "";
        };
    }

    private static SpecificRecordBase recurrent(Schema union) {
        var record = union.getTypes().stream()
                .filter(type -> type.getType() == Schema.Type.RECORD)
                .findFirst()
                .orElseThrow();
        return (SpecificRecordBase) SpecificData.get().newRecord(null, record);
    }
}
