package io.dartboard.local;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.local.home.Home;
import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Member;
import io.dartboard.local.home.Ports;
import io.dartboard.local.launch.Artifacts;
import io.dartboard.local.launch.Launch;
import io.dartboard.local.launch.Launcher;
import io.dartboard.local.launch.ServiceLog;
import io.dartboard.local.show.Terminal;
import io.dartboard.nas.data.ArchiveWriter;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.text.data.MadeText;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.view.OrderView;
import io.dartboard.pipeline.view.RunView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A stack of its own, on free ports, with the services that have been packaged; stopped whatever happens. */
final class TestStack implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** A process lives for a minute here: the second compiler would only take the cores from the work. */
    private static final List<String> JAVA_OPTIONS = List.of("-XX:TieredStopAtLevel=1");

    /** Where a store would tell what has changed in it. */
    static final String NOTIFICATIONS = "drops";

    /** Numbers in this locale are written in other digits unless a program sees to it. */
    private static final List<String> EGYPT = List.of("-Duser.language=ar", "-Duser.country=EG");

    private final Home home;
    private final Ports ports = Ports.free(1);
    private final Launcher launcher;
    private final SearchApi api;
    private @Nullable LiveBoard live;

    TestStack(Path folder) {
        this(folder, List.of());
    }

    /** One whose processes have all a locale with other digits. */
    static TestStack inEgypt(Path folder) {
        return new TestStack(folder, EGYPT);
    }

    private TestStack(Path folder, List<String> locale) {
        var launch = new Launch(
                Path.of("").toAbsolutePath().resolve("../..").normalize(),
                "cpu",
                1,
                "-Xmx1g",
                Stream.concat(JAVA_OPTIONS.stream(), locale.stream()).toList(),
                Map.of("DARTBOARD_NOTIFICATIONS_TOPIC", NOTIFICATIONS));
        assumeThat(launch.missing())
                .describedAs("services that are not packaged; mvn verify packages them")
                .isEmpty();
        home = new Home(folder).create();
        launcher = new Launcher(home, ports, launch, new LaunchLines(Terminal.plain(System.out)));
        api = new SearchApi(ports.restAddress(Member.SEARCH));
    }

    Home home() {
        return home;
    }

    Ports ports() {
        return ports;
    }

    KafkaSettings kafka() {
        return KafkaSettings.at(ports.bootstrapServers());
    }

    void up() {
        launcher.up();
        live = LiveBoard.open(kafka());
    }

    void publishMadeData() throws IOException {
        var shapes = Files.createDirectories(home.data().resolve("shapes"));
        MadeShapes.writeCifar(shapes, 200, 40, 7);
        publish("shapes", shapes);
        var scenes = Files.createDirectories(home.data().resolve("scenes"));
        MadeScenes.writeImageFolder(scenes, 4, 2, 40, 7);
        publish("scenes", packed(scenes));
    }

    /** With classes that have names in no Latin letters, which this process itself, in the C locale, cannot give to a file. */
    private static Path packed(Path scenes) throws IOException {
        var archive = scenes.resolveSibling("scenes.tar.gz");
        try (var files = Files.walk(scenes);
                var writer = ArchiveWriter.storing(archive)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var path = scenes.relativize(file);
                writer.add(
                        "%s/\u30af\u30e9\u30b9-%s/%s".formatted(path.getName(0), path.getName(1), path.getName(2)),
                        Files.readAllBytes(file));
            }
        }
        return archive;
    }

    void publishMadeText() throws IOException {
        for (var name : List.of("words", "more-words")) {
            var folder = home.data().resolve(name);
            MadeText.writePtb(folder, 60, 20, 20, name.length());
            publish(name, folder);
        }
    }

    /** The id of the run that the file on the class path asks for. */
    String submit(String file) throws IOException {
        try (var in = Objects.requireNonNull(TestStack.class.getResourceAsStream(file))) {
            return api.submit(new ObjectMapper().readTree(in)).run();
        }
    }

    /** Has the stage that the run is at make the best of what it has. */
    void finish(String run) {
        api.finish(run, "");
    }

    /** Says how many epochs the run may have in all. */
    void budget(String run, int epochs) {
        api.budget(run, new ObjectMapper().valueToTree(Map.of("epochs", epochs)));
    }

    /** The standing order that a file on the class path asks for, on what it watches. */
    void order(String file) throws IOException {
        try (var in = Objects.requireNonNull(TestStack.class.getResourceAsStream(file))) {
            api.order(new ObjectMapper().readTree(in));
        }
    }

    /** Puts a file into the pipeline's bucket, as any S3 client does. */
    void drop(String key, Path file) {
        try (var store = Artifacts.store(home, ports)) {
            store.put(key, file);
        }
    }

    /** The order once it is as wished. */
    OrderView awaitOrder(String order, Predicate<OrderView> wished) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> Objects.requireNonNull(live).board().order(order).orElse(null),
                        view -> view != null && wished.test(view));
    }

    /** The run once it is as wished, or has ended. */
    RunView await(String run, Predicate<RunView> wished) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> Objects.requireNonNull(live).board().run(run).orElse(null),
                        view -> view != null
                                && (wished.test(view) || view.state().ended()));
    }

    /** SIGKILL. */
    void kill(Member member) {
        var process = launcher.process(Instance.first(member)).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    void restart(Member member) {
        launcher.restart(Instance.first(member));
    }

    /** What the services said where a run did not end well. */
    String why(RunView view) {
        var told = new StringBuilder(view.state() + " " + view.reason() + "\n");
        view.failures().forEach(failed -> told.append(failed).append('\n'));
        for (var member : Member.values()) {
            new ServiceLog(home, Instance.first(member))
                    .linesThatMatter("", Instant.EPOCH, 10)
                    .forEach(line ->
                            told.append(member.id()).append(": ").append(line).append('\n'));
        }
        return told.toString();
    }

    @Override
    public void close() {
        if (live != null) {
            live.close();
        }
        launcher.down();
    }

    private void publish(String name, Path path) {
        home.allowDataset(path);
        api.publish(new ObjectMapper()
                .valueToTree(Map.of("name", name, "location", path.toUri().toString())));
    }
}
