package io.dartboard.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.local.show.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EvaluateCommandTest {

    @Test
    void shouldAskForAChoiceWhereSeveralCellsAreNamedAndKeepTheSelectionOfTheFile() throws IOException {
        assertThat(request(
                        "{\"selection\": {\"epochs\": 2}, \"seeds\": [0]}",
                        "--genotype",
                        "DARTS_V2",
                        "--dataset",
                        "shapes",
                        "--genotype",
                        "Genotype(a, b)"))
                .isEqualTo(json("{\"genotype\": [\"DARTS_V2\", \"Genotype(a, b)\"], \"dataset\": \"shapes\","
                        + " \"selection\": {\"epochs\": 2}}"));
    }

    @Test
    void shouldAskForAGenotypeOnADataset() throws IOException {
        assertThat(request("{}", "--genotype", "DARTS_V2", "--dataset", "shapes"))
                .isEqualTo(json("{\"genotype\": \"DARTS_V2\", \"dataset\": \"shapes\"}"));
    }

    @Test
    void shouldLayEveryOptionOverTheFileAndLeaveAsideWhatOnlyASearchNeeds() throws IOException {
        var file = """
                {"dataset": "shapes", "method": "m", "search": {"cells": 3}, "seeds": [0, 1], "selection": {"epochs": 1},
                 "evaluation": {"epochs": 5, "dropPath": 0.1}, "evaluationSeeds": [7], "randomCellSeed": 3,
                 "transfer": {"dataset": "scenes", "epochs": 2}, "ceilings": {"evaluation": {"parameters": 9}}}""";
        var asked = request(
                file,
                "--genotype=random:4",
                "--preset=darts-cifar10-selection",
                "--seeds=1,2",
                "--epochs=6",
                "--images=64",
                "--resolution=48",
                "--batch-size=8",
                "--cells=4",
                "--channels=10",
                "--transfer=places");
        assertThat(asked).isEqualTo(json("""
                {"dataset": "shapes", "genotype": "random:4",
                 "evaluation": {"epochs": 6, "dropPath": 0.1, "preset": "darts-cifar10-selection", "images": 64, "resolution": 48,
                                "batchSize": 8, "cells": 4, "channels": 10},
                 "evaluationSeeds": [1, 2], "randomCellSeed": 3,
                 "transfer": {"dataset": "places", "epochs": 2}, "ceilings": {"evaluation": {"parameters": 9}}}"""));
    }

    private static JsonNode request(String file, String... options) throws IOException {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var command = new EvaluateCommand(Terminal.plain(nowhere));
        new CommandLine(command).parseArgs(options);
        // As text: a long and an int of the same value are two things to the JSON tree.
        return json(command.request(json(file)).toString());
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
