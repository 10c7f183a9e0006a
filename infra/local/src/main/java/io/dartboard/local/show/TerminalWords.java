package io.dartboard.local.show;

import java.util.LinkedHashMap;
import java.util.Map;

/** Says what the service says of its REST interface in commands: whoever sits at a terminal has those. */
public final class TerminalWords {
    private static final Map<String, String> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("POST /v1/datasets", "infra/run datasets publish PATH --name NAME");
        COMMANDS.put("GET /v1/datasets", "infra/run datasets list");
        COMMANDS.put("POST /v1/runs", "infra/run submit RUN.json");
        COMMANDS.put("GET /v1/runs", "infra/run status");
        COMMANDS.put("GET /v1/presets", "infra/run presets");
        COMMANDS.put("GET /v1/methods", "infra/run methods");
        COMMANDS.put("GET /v1/champions", "infra/run champions");
        COMMANDS.put("GET /v1/orders", "infra/run order list");
    }

    private TerminalWords() {}

    /** The same with a command for each request. */
    public static String of(String detail) {
        var told = detail;
        for (var command : COMMANDS.entrySet()) {
            told = told.replace(command.getKey(), command.getValue());
        }
        return told;
    }
}
