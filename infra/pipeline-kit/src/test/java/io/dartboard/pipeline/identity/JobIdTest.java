package io.dartboard.pipeline.identity;

import static io.dartboard.pipeline.identity.Requests.SHAPES;
import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RecurrentSearchSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Stage;
import io.dartboard.events.TransferSettings;
import io.dartboard.pipeline.testkit.LaterRelease;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden ids: whoever moves one of them spends the GPU hours of all that was done under it again. */
class JobIdTest {
    private static final String CELL = "Genotype(x)";

    @Test
    void shouldNameSearchesAsEveryReleaseSinceTheBaseline() {
        assertThat(JobId.search(SHAPES, Requests.searchOnImages().build(), 0)).isEqualTo("s1af4aa0ddb25382e");
        assertThat(JobId.search(SHAPES, Requests.searchOnText().build(), 0)).isEqualTo("sdc6ba483f0a7bb49");
    }

    @Test
    void shouldNameRetrainingsAsEveryReleaseSinceTheBaseline() {
        var images = Requests.retrainOnImages().build();
        var text = Requests.retrainOnText().build();
        assertThat(JobId.evaluation(SHAPES, Stage.SELECTION, CELL, images, 1)).isEqualTo("ee9efcde5b5d242ec");
        assertThat(JobId.evaluation(SHAPES, Stage.SELECTION, CELL, text, 1)).isEqualTo("e0f67a58e389da897");
        assertThat(JobId.evaluation(SHAPES, Stage.FULL, CELL, images, 1)).isEqualTo("e21dcc638207d4dd4");
        assertThat(JobId.evaluation(SHAPES, Stage.FULL, CELL, text, 1)).isEqualTo("e9a841af3a6c678cf");
    }

    @Test
    void shouldTellJobsApartByWhatTheDatasetsPixelsAreNormalisedBy() {
        var other = DatasetPublished.newBuilder(SHAPES)
                .setMean(List.of(0.5f, 0.4f, 0.3f))
                .setDeviation(List.of(0.2f, 0.2f, 0.2f))
                .build();
        var search = Requests.searchOnImages().build();
        var retrain = Requests.retrainOnImages().build();
        var transfer = Requests.transferToImages().build();
        assertThat(JobId.search(other, search, 0)).isNotEqualTo(JobId.search(SHAPES, search, 0));
        assertThat(JobId.evaluation(other, Stage.FULL, CELL, retrain, 1))
                .isNotEqualTo(JobId.evaluation(SHAPES, Stage.FULL, CELL, retrain, 1));
        assertThat(JobId.transfer(other, CELL, transfer)).isEqualTo(JobId.transfer(SHAPES, CELL, transfer));
    }

    @Test
    void shouldNameTransfersAsEveryReleaseSinceTheBaseline() {
        assertThat(JobId.transfer(SHAPES, CELL, Requests.transferToImages().build()))
                .isEqualTo("ta27bb75ed4c30c0c");
        assertThat(JobId.transfer(SHAPES, CELL, Requests.transferToText().build()))
                .isEqualTo("t53abdd0624150ff4");
    }

    @Test
    void shouldNameRunsByWhatTheyAskFor() {
        assertThat(JobId.run(Requests.runOnImages().build())).isEqualTo("r8c97af69668");
        assertThat(JobId.run(Requests.runOnText().build())).isEqualTo("r98c65d7121b");
        assertThat(JobId.run(Requests.runOfAGivenCell().build())).isEqualTo("r6113e2f5f5e");
    }

    @Test
    void shouldNameARunAlikeWhoeverAsksHoweverOftenAndWhateverTheCellIsCalled() {
        // Given
        var again = Requests.runOfAGivenCell()
                .setRun("r0a1b2c3d4e5")
                .setRequestEpoch(3)
                .setRequestedBy("somebody")
                .setGenotypeName("DARTS_V2")
                .setGenotypeNames(List.of("DARTS_V2"))
                .build();

        // Then
        assertThat(JobId.run(again))
                .isEqualTo(JobId.run(Requests.runOfAGivenCell().build()));
    }

    static Stream<Arguments> kindsOfRequest() {
        return Stream.of(
                Arguments.of("images", Requests.runOnImages().build()),
                Arguments.of("text", Requests.runOnText().build()),
                Arguments.of("a given cell", Requests.runOfAGivenCell().build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kindsOfRequest")
    void shouldKeepTheRunsIdWhenALaterReleaseAddsFields(String kind, RunRequested request) {
        assertThat(JobId.run(LaterRelease.of(request))).isEqualTo(JobId.run(request));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kindsOfRequest")
    void shouldKeepTheJobsIdsWhenALaterReleaseAddsFields(String kind, RunRequested request) {
        var transfer =
                request.getTransfer() == null ? Requests.transferToImages().build() : request.getTransfer();
        assertThat(idsOf(
                        LaterRelease.of(request.getSearch()),
                        LaterRelease.of(request.getEvaluation()),
                        LaterRelease.of(transfer)))
                .isEqualTo(idsOf(request.getSearch(), request.getEvaluation(), transfer));
    }

    @Test
    void shouldMoveTheIdWhenANewFieldSaysSomething() {
        for (var settings : List.<SpecificRecord>of(
                Requests.searchOnText().build(),
                Requests.retrainOnText().build(),
                Requests.transferToText().build(),
                Requests.runOnText().build())) {
            assertThat(moved(settings, later -> later.put(LaterRelease.RATE, 0.25)))
                    .isTrue();
            assertThat(moved(settings, later -> later.put(LaterRelease.NAMES, List.of("a"))))
                    .isTrue();
            assertThat(moved(settings, later -> ((GenericRecord) later.get(LaterRelease.PART)).put("depth", 4)))
                    .isTrue();
            assertThat(moved(settings, later -> later.put(LaterRelease.RATE, 0.5)))
                    .isFalse();
        }
    }

    @Test
    void shouldMoveTheIdWhenANewFieldOfARecordWithinSaysSomething() {
        for (var settings : List.<SpecificRecord>of(
                Requests.searchOnText().build(),
                Requests.retrainOnText().build(),
                Requests.transferToText().build())) {
            assertThat(moved(settings, later -> ((GenericRecord) later.get("recurrent")).put(LaterRelease.RATE, 0.25)))
                    .isTrue();
        }
        assertThat(moved(Requests.runOnImages().build(), later -> ((GenericRecord) later.get("evaluationCeiling"))
                        .put(LaterRelease.RATE, 0.25)))
                .isTrue();
    }

    @Test
    void shouldTellSettingsApartByEveryFieldOfTheBaselineEvenFromItsDefault() {
        // Given: a default that the baseline wrote out, and which therefore is part of ids that are known
        var plain = Requests.retrainOnImages().build();

        // Then
        assertThat(IdentityText.of(plain)).contains("\"labelSmoothing\": 0.0", "\"images\": 0");
        assertThat(idsOf(
                        plain, Requests.retrainOnImages().setLabelSmoothing(0.1).build()))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldTellSearchesApartByWhatOnlyTextHas() {
        var narrow = Requests.searchOnImages().setRecurrent(text(16)).build();
        var wide = Requests.searchOnImages().setRecurrent(text(32)).build();
        assertThat(idsOf(narrow, wide, Requests.searchOnImages().build())).doesNotHaveDuplicates();
    }

    @Test
    void shouldWriteTheSameTextInEveryLocale() {
        // Given: one with its own digits, decimal comma and i without a dot
        var usual = Locale.getDefault();
        var here = IdentityText.of(Requests.runOnText().build());
        try {
            for (var tag : List.of("ar-EG-u-nu-arab", "tr-TR", "de-DE")) {
                Locale.setDefault(Locale.forLanguageTag(tag));

                // Then
                assertThat(IdentityText.of(Requests.runOnText().build())).isEqualTo(here);
                assertThat(JobId.search(SHAPES, Requests.searchOnText().build(), 0))
                        .isEqualTo("sdc6ba483f0a7bb49");
            }
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void shouldRecogniseTheBaselineRecordsOfToday() {
        // A record that is renamed would lose its baseline, and with it every default that its ids hold.
        for (var record : List.of(
                SearchSettings.getClassSchema(),
                RetrainSettings.getClassSchema(),
                TransferSettings.getClassSchema(),
                RunRequested.getClassSchema())) {
            assertThat(IdentityText.known(record.getFullName())).isNotEmpty();
        }
    }

    private static boolean moved(SpecificRecord settings, Consumer<GenericRecord> change) {
        var later = LaterRelease.of(settings);
        change.accept(later);
        return !idsOf(later).equals(idsOf(settings));
    }

    private static List<String> idsOf(IndexedRecord... settings) {
        return Stream.of(settings)
                .map(each -> switch (each.getSchema().getName()) {
                    case "SearchSettings" -> JobId.search("d", each, 0);
                    case "RetrainSettings" -> JobId.evaluation("d", Stage.FULL, CELL, each, 0);
                    case "TransferSettings" -> JobId.transfer("d", CELL, each);
                    default -> JobId.run(each);
                })
                .toList();
    }

    private static RecurrentSearchSettings text(int width) {
        return RecurrentSearchSettings.newBuilder().setWidth(width).setBptt(35).build();
    }
}
