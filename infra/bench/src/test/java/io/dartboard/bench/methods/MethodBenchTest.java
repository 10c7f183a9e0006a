package io.dartboard.bench.methods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.bench.Bench;
import io.dartboard.bench.table.CellTable;
import io.dartboard.bench.table.TableFigure;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.genotype.RandomSearch;
import io.dartboard.nas.guard.GuardPolicy;
import io.dartboard.nas.provenance.Fingerprint;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MethodBenchTest {
    private static final List<String> TINY = List.of(
            "--images", "40", "--side", "8", "--channels", "4", "--cells", "3", "--epochs", "1", "--batch", "10");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<SearchTask> searched = new ArrayList<>();

    /** Searches in this process, where no class is loaded twice. */
    private SearchRow search(SearchTask task) {
        searched.add(task);
        try {
            return new MethodSearch(task, MethodSearch.images(task)).run();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldSearchLookUpAndTellOnceForAll() throws Exception {
        String[] command = {
            "--cells",
            "5",
            "--methods",
            "darts-first-order,gdas",
            "--seeds",
            "2",
            "--svg",
            file("plot.svg"),
            "--csv",
            file("table.csv"),
            "--json",
            file("table.json"),
            "--costs",
            file("costs.properties")
        };
        assertThat(run(this::search, command)).as(err.toString()).isZero();

        assertThat(searched)
                .extracting(task -> task.method() + " " + task.seed())
                .containsExactly("darts-first-order 1", "gdas 1", "darts-first-order 2", "gdas 2");
        List<SearchRow> rows = rows();
        assertThat(rows).hasSize(4).allMatch(row -> row.retrained().isEmpty() && row.steps() == 2);
        assertThat(rows.get(0).epochs()).hasSize(1);
        double mean = (accuracy(rows.get(1)) + accuracy(rows.get(3))) / 2;

        assertThat(out.toString())
                .contains(
                        "nas-bench-201: 2 methods, 2 seeds; 40 images of 8 pixels; C=4, cells 5, epochs 1, batch 10, on cpu")
                .contains("CIFAR-10 test, 200 epochs, in %")
                .containsPattern("gdas +2 +%.2f ± ".formatted(mean));
        JsonNode gdas = new ObjectMapper()
                .readTree(Files.readString(folder.resolve("table.json")))
                .at("/lines/1");
        assertThat(gdas.path("name").asText()).isEqualTo("gdas");
        assertThat(gdas.path("mean").asDouble()).isEqualTo(mean);
        assertThat(gdas.path("cost").asDouble()).isPositive();
        assertThat(Files.readAllLines(folder.resolve("costs.properties")))
                .hasSize(2)
                .contains("images.darts-first-order=1.00")
                .allMatch(line -> line.matches("images\\.[a-z-]+=\\d+\\.\\d\\d"));
        assertThat(Files.readAllLines(folder.resolve("table.csv")))
                .hasSize(7)
                .anyMatch(line -> line.startsWith("gdas,2,%s,".formatted(mean)));
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(folder.resolve("plot.svg").toFile())
                        .getElementsByTagName("circle")
                        .getLength())
                .as("a dot for each cell but of the whole space")
                .isEqualTo(2 + 2 + 2 + 1 + 1);

        searched.clear();
        command[5] = "3";
        assertThat(run(this::search, command)).isZero();
        assertThat(searched).as("only what is new").extracting(SearchTask::seed).containsOnly(3L);
    }

    private static double accuracy(SearchRow row) {
        return CellTable.read().accuracy(NasBench201Genotype.parse(row.cell()), TableFigure.CIFAR10_TEST);
    }

    private List<SearchRow> rows() throws IOException {
        return Files.readAllLines(folder.resolve("results.jsonl")).stream()
                .map(SearchRow::parse)
                .toList();
    }

    @Test
    void shouldHoldMethodsAgainstTheWholeSpace() {
        CellTable table = CellTable.read();
        String best = table.best(TableFigure.CIFAR10_TEST).toString();
        String skips =
                "|skip_connect~0|+|skip_connect~0|skip_connect~1|+|skip_connect~0|skip_connect~1|skip_connect~2|";
        Function<SearchTask, SearchRow> known = task -> new SearchRow(
                task.space(),
                task.method(),
                task.guarded(),
                task.seed(),
                Fingerprint.EMPTY,
                task.method().equals("drnas") || task.guarded() ? best : skips,
                List.of(),
                task.guarded()
                        ? List.of(new SearchRow.Steered(
                                7, GuardPolicy.Action.ROLL_BACK, 6, List.of("3 skip connections"), ""))
                        : List.of(),
                task.method().equals("drnas") ? 3 : 2,
                10,
                5 << 20,
                Optional.empty(),
                "");

        assertThat(run(
                        known,
                        "--cells",
                        "5",
                        "--methods",
                        "darts-first-order,drnas",
                        "--guard",
                        "both",
                        "--seeds",
                        "3",
                        "--random-cells",
                        "7"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .containsPattern("darts-first-order +seed 1 +54\\.30 %, 2\\.0 s, collapsed\n")
                .containsPattern(
                        "darts-first-order \\+ guard +seed 1 +94\\.37 %, 2\\.0 s; roll back at epoch 7: 3 skip")
                .containsPattern("darts-first-order \\+ guard +3 +94\\.37 ± 0\\.00 ")
                .containsPattern(
                        "darts-first-order +3 +54\\.30 ± 0\\.00 +54\\.30 +3 \\(3 skip\\) +[01]\\.\\d{3} +1\\.000 +2\\.0 +1\\.00 +5\n")
                .containsPattern(
                        "drnas +3 +94\\.37 ± 0\\.00 +94\\.37 +0 \\(0 skip\\) +0\\.\\d{3} +0\\.000 +3\\.0 +1\\.50 +5\n")
                .containsPattern("random cells +7 ")
                .containsPattern("all cells +15625 +87\\.06 ± \\d")
                .containsPattern("all skips +1 +54\\.30 ")
                .containsPattern("best cell +1 +94\\.37 ");
    }

    @Test
    void shouldChooseTheBestOfRandomCellsByTheTablesValidationFigure() throws IOException {
        CellTable table = CellTable.read();
        assertThat(run(
                        this::search,
                        "--cells",
                        "5",
                        "--methods",
                        "random",
                        "--draws",
                        "6",
                        "--seeds",
                        "2",
                        "--figure",
                        "CIFAR100_TEST"))
                .as(err.toString())
                .isZero();

        for (SearchRow row : rows()) {
            List<NasBench201Genotype> drawn = new RandomSearch(6)
                    .cells(NasBench201Space.PUBLISHED, List.of(row.seed())).stream()
                            .map(cell -> (NasBench201Genotype) cell.genotype())
                            .toList();
            assertThat(row.cell())
                    .isEqualTo(drawn.stream()
                            .max(Comparator.comparingDouble(
                                    cell -> table.accuracy(cell, TableFigure.CIFAR100_VALID_BRIEF)))
                            .orElseThrow()
                            .toString());
            assertThat(row.seconds()).as("nothing is trained").isZero();
        }
        assertThat(out.toString())
                .contains("nas-bench-201: 1 method, 2 seeds")
                .containsPattern("random +2 +%.2f ± "
                        .formatted(rows().stream()
                                .mapToDouble(row -> table.accuracy(
                                        NasBench201Genotype.parse(row.cell()), TableFigure.CIFAR100_TEST))
                                .average()
                                .orElseThrow()));
    }

    @Test
    void shouldRetrainWhereThereIsNoTable() throws IOException {
        assertThat(run(
                        this::search,
                        "--space",
                        "robust-darts-s3",
                        "--methods",
                        "gdas,random",
                        "--draws",
                        "2",
                        "--seeds",
                        "1",
                        "--retrain-epochs",
                        "1"))
                .as(err.toString())
                .isZero();

        assertThat(rows()).extracting(SearchRow::method).containsExactly("gdas", "random", SearchTask.RANDOM);
        assertThat(rows().get(1).seconds())
                .as("two brief retrainings are what it costs to choose")
                .isPositive();
        assertThat(new RandomSearch(2).cells(CnnSpace.ROBUST_S3, List.of(1L)))
                .extracting(cell -> cell.genotype().toString())
                .contains(rows().get(1).cell());
        assertThat(rows())
                .allMatch(row -> row.retrained().isPresent() && row.cell().startsWith("Genotype("));
        assertThat(out.toString())
                .contains("validation after 1 epoch of retraining, in %")
                .containsPattern("gdas +1 +%.2f "
                        .formatted(rows().get(0).retrained().orElseThrow().accuracy()))
                .containsPattern("random cells +1 +%.2f "
                        .formatted(rows().get(2).retrained().orElseThrow().accuracy()));
    }

    @Test
    void shouldSearchAndRetrainOneCellAlone() throws IOException {
        assertThat(run(
                        this::search,
                        "--space",
                        "single",
                        "--cells",
                        "1",
                        "--methods",
                        "darts-first-order",
                        "--seeds",
                        "1",
                        "--retrain-epochs",
                        "1"))
                .as(err.toString())
                .isZero();

        assertThat(rows()).extracting(SearchRow::method).containsExactly("darts-first-order", SearchTask.RANDOM);
        assertThat(rows()).allMatch(row -> row.retrained().isPresent()).allSatisfy(row -> {
            DistributedGenotype cell = (DistributedGenotype) Architecture.parse(row.cell());
            assertThat(cell.cells()).hasSize(1);
            assertThat(cell.cells().get(0).genes()).hasSize(16);
            assertThat(cell.reductions()).isEmpty();
        });
    }

    @Test
    void shouldSearchInAProcessOfItsOwn() {
        assertThat(run(new MethodBench(), "--cells", "5", "--methods", "gdas", "--seeds", "5,"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .containsPattern("gdas +seed 5 +\\d+\\.\\d\\d %, \\d")
                .containsPattern("gdas +1 ");
    }

    @Test
    void shouldGoOnWhereASearchCannotBeDone() {
        Function<SearchTask, SearchRow> limited = task -> {
            if (task.method().equals("gdas")) {
                throw new IllegalStateException("is there memory enough?");
            }
            return SearchRow.failed(task, Fingerprint.EMPTY, "the loss is NaN");
        };
        assertThat(run(limited, "--space", "robust-darts-s3", "--methods", "gdas,drnas", "--seeds", "1"))
                .isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("gdas +seed 1 +is there memory enough\\?")
                .containsPattern("drnas +seed 1 +the loss is NaN")
                .containsPattern("drnas +0 of 1 ")
                .contains("1 of the searches could not be done; the same command tries them again");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --space mars                         | --space must be one of
            --methods darts                      | unknown search method 'darts'
            --methods pc-darts --channels 6      | channels must be a multiple of 4
            --seeds none                         | --seeds must be how many
            --images 0                           | --images must say how many images are made
            --images -1                          | --images must be 0, for all, or more (was -1)
            --images 5                           | at least one image per class
            --data /no/such/place                | /no/such/place is neither a folder nor a file
            --retrain-epochs 0                   | must be at least 1
            --draws 3                            | --draws is for method random; name it by --methods
            --methods random --draws 0           | --draws must be from 1 to 100 (was 0)
            --methods random --channels 0        | channels
            --random-cells 3                     | --random-cells is for a space with a table
            --figure CIFAR100_TEST               | --figure is for a space with a table
            --epochs 0                           | epochs must be at least 1
            --setting speed=3                    | --setting speed is none of a search, which has channels
            --setting epochs=1.5                 | --setting epochs
            --setting cutout=1.5                 | --setting cutout must be a whole number (was 1.5)
            --device tpu                         | device must be cpu, gpu
            --space nas-bench-201 --cells 4      | cells must be 3N + 2 in space nas-bench-201
            --space nas-bench-201 --cells 5 --methods fairdarts | fairdarts
            --space nas-bench-201 --cells 5 --methods darts-pt | epochs must be more than 25, for which the supernet is tuned
            --space nas-bench-201 --cells 5 --epochs 30 --methods darts-pt --guard both | method darts-pt cannot have a guard that acts
            --space single                       | cells must be 1 in space single
            --space nas-bench-201 --cells 5 --retrain-epochs 2 | --retrain-epochs is for a space without a table
            """)
    void shouldRefuseInOneLine(String options, String why) {
        Function<SearchTask, SearchRow> none = task -> {
            throw new AssertionError("nothing is to be searched");
        };
        List<String> command = new ArrayList<>(List.of("--space", "robust-darts-s3"));
        command.addAll(List.of(options.strip().split(" +")));
        if (options.contains("--space")) {
            command.subList(0, 2).clear();
        }
        assertThat(run(none, command.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString().strip())
                .startsWith("bench: ")
                .contains(why.strip())
                .doesNotContain("\n");
    }

    private int run(Function<SearchTask, SearchRow> searcher, String... options) {
        return run(new MethodBench(searcher), options);
    }

    /** With small sizes, unless they are given. */
    private int run(MethodBench bench, String... options) {
        List<String> given = List.of(options);
        List<String> all = new ArrayList<>(given);
        for (int i = 0; i < TINY.size(); i += 2) {
            if (!given.contains(TINY.get(i))) {
                all.addAll(TINY.subList(i, i + 2));
            }
        }
        all.addAll(List.of("--results", file("results.jsonl")));
        CommandLine line = Bench.commandLine(bench);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(all.toArray(String[]::new));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
