package io.dartboard.search;

import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.preset.Preset;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/** Presets in the words of the contracts: field by field, what a preset leaves open has the contract's default. */
final class PresetSettings {
    private PresetSettings() {}

    static SearchSettings search(Preset preset) {
        return fill(new SearchSettings(), preset);
    }

    static RetrainSettings retraining(Preset preset) {
        return fill(new RetrainSettings(), preset);
    }

    /** The dataset is still to be named. */
    static TransferSettings transfer(Preset preset) {
        var settings = fill(new TransferSettings(), preset);
        settings.put("dataset", "");
        return settings;
    }

    private static <R extends SpecificRecordBase> R fill(R settings, Preset preset) {
        for (var field : settings.getSchema().getFields()) {
            var value = preset.values().get(field.name());
            if (value != null) {
                settings.put(field.pos(), value);
            } else if (field.hasDefaultValue()) {
                settings.put(field.pos(), SpecificData.get().getDefaultValue(field));
            }
        }
        return settings;
    }
}
