package io.dartboard.transfer;

import io.dartboard.events.ChampionDecided;
import io.dartboard.events.Comparison;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.Scores;
import io.dartboard.events.Standing;
import io.dartboard.events.Verdict;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.ArchitectureDistance;
import io.dartboard.pipeline.score.Score;
import io.dartboard.pipeline.score.SeedScores;
import io.dartboard.pipeline.score.Spread;
import io.dartboard.transfer.SeedTest.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Judges a run's cell by what it has with each seed, beside a random cell and the champion ({@link SeedTest}, at each of the
 * {@link Looks} of the run): on the images that the trainings held out, or the validation text. The test set is told and decides nothing, but where nothing was held out.
 *
 * <ul>
 *   <li>REJECTED where it is worse than the random cell, or is that cell: the search has found nothing that chance would not.
 *   <li>KEPT where the champion is better, or is the same cell.
 *   <li>PROMOTED where it is better than the random cell, and than the champion if there is one.
 *   <li>INCONCLUSIVE otherwise: the seeds do not tell. The champion stays.
 * </ul>
 *
 * <p>To be promoted it must be found better in every comparison, each at the level of all looks; so a cell that is no better
 * than either is promoted no more often than that.
 */
record Verdicts(Looks looks) {

    /**
     * A cell that is judged, or judged by.
     *
     * @param standing what it is worth, as the verdict tells it
     * @param seeds with which it was trained
     */
    record Judged(Standing standing, List<Long> seeds) {
        /** What an evaluation says of a cell. */
        static Judged of(GenotypeEvaluated evaluated) {
            var standing = Standing.newBuilder()
                    .setRun(evaluated.getRun())
                    .setGenotype(evaluated.getGenotype())
                    .setHash(evaluated.getHash())
                    .setMeanErrorPercent(evaluated.getMeanErrorPercent())
                    .setSdErrorPercent(evaluated.getSdErrorPercent())
                    .setSeeds(evaluated.getSeeds().size())
                    .setMeasure(evaluated.getMeasure())
                    .setMeanPerplexity(evaluated.getMeanPerplexity())
                    .setSdPerplexity(evaluated.getSdPerplexity())
                    .setScores(SeedScores.of(evaluated).told())
                    .setValidation(evaluated.getValidation())
                    .build();
            return new Judged(standing, evaluated.getSeeds());
        }

        /** The same figures, of a cell that another run has found. */
        Judged foundBy(String run) {
            return new Judged(Standing.newBuilder(standing).setRun(run).build(), seeds);
        }

        boolean isSameCellAs(Judged other) {
            return standing.getHash().equals(other.standing.getHash());
        }

        private boolean isValidated() {
            return standing.getValidation() != null;
        }

        /** What it has on the set that decides: never on the test set where something was held out of both trainings. */
        private Scores scores(boolean onValidation) {
            return Objects.requireNonNull(onValidation ? standing.getValidation() : standing.getScores());
        }

        private SeedFigures figures(boolean onValidation) {
            return new SeedFigures(seeds, scores(onValidation).getEach());
        }

        private Spread spread(boolean onValidation, int count) {
            var scores = scores(onValidation);
            return Spread.of(scores.getEach().stream()
                    .limit(count)
                    .map(value -> new Score(scores.getMeasure(), value))
                    .toList());
        }
    }

    /**
     * The champion that a run's cell is judged by.
     *
     * @param standing what it is worth: as it is judged by, or for want of that as it was told last
     * @param judged what its cell came to like the run's own, on the same data, under the same settings, with the same seeds;
     *     empty where there is nothing of the kind
     * @param obstacle why that is so, in one line; empty where it only was not evaluated yet
     */
    record Champion(Standing standing, Optional<Judged> judged, String obstacle) {
        /** One whose cell has been evaluated like the run's own. */
        static Champion of(Standing standing, Judged evaluated) {
            var judged = evaluated.foundBy(standing.getRun());
            return new Champion(judged.standing(), Optional.of(judged), "");
        }

        /** One that cannot be compared with, and why. */
        static Champion apart(Standing standing, String obstacle) {
            return new Champion(standing, Optional.empty(), obstacle);
        }

        /** One that is still to be evaluated. */
        static Champion open(Standing standing) {
            return new Champion(standing, Optional.empty(), "");
        }

        boolean isOpen() {
            return judged.isEmpty() && obstacle.isEmpty();
        }

        String title() {
            return "the champion of run " + standing.getRun();
        }
    }

    /** What the seeds tell of a run's cell beside another. */
    Finding finding(Judged challenger, Judged other) {
        return beside("", challenger, other, new ArrayList<>(), new ArrayList<>());
    }

    /** True where more seeds might tell two cells apart that cannot be told yet. */
    boolean isWorthMore(Judged challenger, Judged other) {
        var onValidation = challenger.isValidated() && other.isValidated();
        return looks.isWorthMore(challenger.figures(onValidation), other.figures(onValidation));
    }

    /**
     * Gives the verdict.
     *
     * @param challenger the run's chosen cell
     * @param random its random cell, trained under the same budget
     * @param champion that of this version of the dataset, or of the dataset
     * @param unigramPerplexity of the dataset's test text, which is told beside; 0 where there is none or it is not known
     */
    ChampionDecided on(
            String dataset,
            String version,
            Judged challenger,
            Judged random,
            Optional<Champion> champion,
            double unigramPerplexity) {
        var reasons = new ArrayList<String>();
        var comparisons = new ArrayList<Comparison>();
        var beside = beside("the random cell", challenger, random, reasons, comparisons);
        var against = champion.map(held -> against(held, challenger, reasons, comparisons));
        if (champion.isEmpty()) {
            reasons.add("dataset %s has no champion yet".formatted(dataset));
        }
        champion.flatMap(held -> apart(challenger.standing(), held.standing())).ifPresent(reasons::add);
        reasons.add(onTest(challenger));
        if (unigramPerplexity > 0) {
            reasons.add(baseline(Spread.of(challenger.standing()), unigramPerplexity));
        }
        var verdict = verdict(beside, against);
        @Nullable Standing before = champion.map(Champion::standing).orElse(null);
        return ChampionDecided.newBuilder()
                .setDataset(dataset)
                .setDatasetVersion(version)
                .setRun(challenger.standing().getRun())
                .setVerdict(verdict)
                .setReasons(reasons)
                .setChallenger(challenger.standing())
                .setRandomCell(random.standing())
                .setPrevious(before)
                .setChampion(verdict == Verdict.PROMOTED ? challenger.standing() : before)
                .setComparisons(comparisons)
                .setSeedsToDecide(verdict == Verdict.INCONCLUSIVE ? seedsToDecide(comparisons) : null)
                .build();
    }

    private static Verdict verdict(Finding random, Optional<Finding> champion) {
        if (random == Finding.WORSE) {
            return Verdict.REJECTED;
        }
        if (champion.filter(found -> found == Finding.WORSE).isPresent()) {
            return Verdict.KEPT;
        }
        return random == Finding.BETTER && champion.orElse(Finding.BETTER) == Finding.BETTER
                ? Verdict.PROMOTED
                : Verdict.INCONCLUSIVE;
    }

    /** A cell that it would replace by itself counts as no better. */
    private Finding beside(
            String name, Judged challenger, Judged other, List<String> reasons, List<Comparison> comparisons) {
        if (challenger.isSameCellAs(other)) {
            reasons.add("%s is the same cell".formatted(name));
            return Finding.WORSE;
        }
        var onValidation = challenger.isValidated() && other.isValidated();
        var look = looks.compare(challenger.figures(onValidation), other.figures(onValidation));
        var result = look.result();
        reasons.add(line(
                name,
                onValidation ? "validation" : "test",
                challenger.spread(onValidation, look.seeds()),
                other.spread(onValidation, look.seeds()),
                result));
        comparisons.add(told(name, other, onValidation, result));
        return result.finding();
    }

    private Finding against(Champion champion, Judged challenger, List<String> reasons, List<Comparison> comparisons) {
        if (champion.judged().isPresent()) {
            return beside(champion.title(), challenger, champion.judged().get(), reasons, comparisons);
        }
        reasons.add("%s is not compared: %s".formatted(champion.title(), champion.obstacle()));
        return Finding.UNTOLD;
    }

    /** How far a cell is from the champion; empty where they are equal, or a later version has told one of them. */
    private static Optional<String> apart(Standing challenger, Standing champion) {
        if (challenger.getHash().equals(champion.getHash())) {
            return Optional.empty();
        }
        try {
            var cell = Architecture.parse(challenger.getGenotype());
            var held = Architecture.parse(champion.getGenotype());
            var distance = ArchitectureDistance.ifAny(cell, held);
            var apart = distance.isPresent()
                    ? String.format(Locale.ROOT, "an architecture distance of %.5f", distance.getAsDouble())
                    : "%d edits".formatted(cell.distance(held));
            return Optional.of("%s from the champion".formatted(apart));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the test set says, of the run's cell alone; or that it had to decide. */
    private static String onTest(Judged challenger) {
        if (challenger.isValidated()) {
            var test = Spread.of(challenger.standing());
            return "test %s %s, which has decided nothing".formatted(test.name(), test);
        }
        return "judged on the test set, for the evaluation holds nothing else out: give it a validPortion";
    }

    /** Empty for more than anybody would spend. */
    private static @Nullable Integer seedsToDecide(List<Comparison> comparisons) {
        var most = 0;
        for (var comparison : comparisons) {
            if (comparison.getFinding() == io.dartboard.events.Finding.UNTOLD) {
                if (comparison.getSeedsToDecide() == null) {
                    return null;
                }
                most = Math.max(most, comparison.getSeedsToDecide());
            }
        }
        return most == 0 ? null : Integer.valueOf(most);
    }

    private static Comparison told(String name, Judged other, boolean onValidation, SeedTest.Result result) {
        return Comparison.newBuilder()
                .setAgainst(name)
                .setHash(other.standing().getHash())
                .setOnValidation(onValidation)
                .setFinding(io.dartboard.events.Finding.valueOf(result.finding().name()))
                .setTest(
                        result.kind() == SeedTest.Kind.NONE
                                ? ""
                                : result.kind().name().toLowerCase(Locale.ROOT))
                .setStatistic(result.statistic())
                .setDegrees(result.degrees())
                .setPValue(result.pValue())
                .setLevel(result.level())
                .setSeedsToDecide(
                        result.seedsToDecide().isPresent()
                                ? result.seedsToDecide().getAsInt()
                                : null)
                .build();
    }

    private static String line(String name, String set, Spread challenger, Spread other, SeedTest.Result result) {
        var found =
                switch (result.finding()) {
                    case BETTER -> "better than ";
                    case WORSE -> "worse than ";
                    case UNTOLD -> "not to be told from ";
                };
        return found + name + ": " + set + " " + challenger.against(other) + "; " + tested(result);
    }

    private static String tested(SeedTest.Result result) {
        if (result.kind() == SeedTest.Kind.NONE) {
            return result.seedsToDecide().isPresent()
                    ? "one seed shows no deviation to compare the difference with; %d seeds would find one of two deviations"
                            .formatted(result.seedsToDecide().getAsInt())
                    : "the seeds do not differ, so there is no deviation to compare the difference with";
        }
        var p = result.pValue() < 0.0001 ? "p < 0.0001" : String.format(Locale.ROOT, "p = %.4f", result.pValue());
        var test = "%s %s at level %s".formatted(result.kind().title(), p, level(result.level()));
        return result.finding() == Finding.UNTOLD ? test + "; " + wanted(result.seedsToDecide()) : test;
    }

    private static String wanted(OptionalInt seeds) {
        return seeds.isPresent()
                ? "%d seeds would find a difference like this".formatted(seeds.getAsInt())
                : "more than %d seeds would be needed".formatted(SeedTest.MOST_SEEDS);
    }

    private static String level(double level) {
        return String.format(Locale.ROOT, "%.4f", level).replaceAll("0+$", "");
    }

    private static String baseline(Spread challenger, double unigramPerplexity) {
        return String.format(
                Locale.ROOT,
                "%s a model without memory, which guesses words by their frequency: test perplexity %.2f against %.2f",
                challenger.mean() < unigramPerplexity ? "better than" : "no better than",
                challenger.mean(),
                unigramPerplexity);
    }
}
