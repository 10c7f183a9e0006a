package io.dartboard.nas.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What lies in folders and archives and is no data: hidden files, and what desktops, storage boxes and notebooks leave. */
public final class ForeignFiles {

    /** Why they are passed over. */
    public static final String WHY = "hidden, or left by a system";

    private static final Set<String> LEFT_BY_SYSTEMS = Set.of(
            "@eadir",
            "__macosx",
            "thumbs.db",
            "ehthumbs.db",
            "desktop.ini",
            "$recycle.bin",
            "#recycle",
            "#snapshot",
            "system volume information",
            "lost+found",
            "__pycache__",
            "icon\r");

    private ForeignFiles() {}

    /** True if a name in the path begins with a dot, or is one that systems leave. */
    public static boolean isForeign(String path) {
        return Arrays.stream(path.split("/"))
                .anyMatch(name -> name.startsWith(".") || LEFT_BY_SYSTEMS.contains(name.toLowerCase(Locale.ROOT)));
    }
}
