package io.dartboard.local.show;

import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;

/** How large a network is, in the words of its kind: {@code 8 cells, 16 channels}, or {@code width 300}. */
final class NetworkScale {
    private NetworkScale() {}

    static String of(SearchSettings settings) {
        var recurrent = settings.getRecurrent();
        return recurrent == null ? cells(settings.getCells(), settings.getChannels()) : width(recurrent.getWidth());
    }

    static String of(RetrainSettings settings) {
        var recurrent = settings.getRecurrent();
        return recurrent == null ? cells(settings.getCells(), settings.getChannels()) : width(recurrent.getWidth());
    }

    private static String cells(int cells, int channels) {
        return "%d cells, %d channels".formatted(cells, channels);
    }

    private static String width(int width) {
        return "width %d".formatted(width);
    }
}
