package io.dartboard.local.launch;

import io.dartboard.local.home.Credentials;
import io.dartboard.local.home.Home;
import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Member;
import io.dartboard.local.home.Ports;
import io.dartboard.local.stack.LocalStack;
import io.dartboard.pipeline.config.Role;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How each process is started: the command and the environment.
 *
 * @param repository root of the built repository, where the services' packages lie
 * @param devices where networks are trained, by commas: cpu, gpu0, …; each takes one job at a time
 * @param threads threads of one tensor operation
 * @param serviceHeap the option that bounds a service's heap, as -Xmx1g
 * @param javaOptions of every process
 * @param settings environment of every service, which stands above what it has anyway
 */
public record Launch(
        Path repository,
        String devices,
        int threads,
        String serviceHeap,
        List<String> javaOptions,
        Map<String, String> settings) {
    private static final String STACK_HEAP = "-Xmx640m";
    private static final String SERVICE_HEAP = "-Xmx1g";
    /** A log is turned over at this size, as is that of the stack; so many older ones stay. */
    private static final String LOG_SIZE = "10M";

    private static final String LOG_FILES = "3";

    /**
     * glibc gives large blocks back to the kernel at once, and each fresh one is paid for by page faults. These two keep
     * them: 32 MiB is the highest threshold that glibc takes.
     */
    private static final Map<String, String> KEEP_MEMORY =
            Map.of("MALLOC_MMAP_THRESHOLD_", "33554432", "MALLOC_TRIM_THRESHOLD_", "1073741824");

    /** The JVM names files by it, and nothing but the environment can tell it: in C it has no name for most of the world. */
    private static final Map<String, String> FILE_NAMES = Map.of("LC_ALL", "C.UTF-8");

    public Launch {
        javaOptions = List.copyOf(javaOptions);
        settings = Map.copyOf(settings);
    }

    /** Services as a user has them. */
    public Launch(Path repository, String devices, int threads) {
        this(repository, devices, threads, SERVICE_HEAP, List.of(), Map.of());
    }

    /** The package of a service. */
    public Path jar(Member service) {
        return repository.resolve(service.id()).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** Services that have not been built. */
    public List<Member> missing() {
        return Member.services().stream()
                .filter(service -> !Files.exists(jar(service)))
                .toList();
    }

    List<String> command(Instance instance, Home home) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Dfile.encoding=UTF-8");
        command.add("-XX:ErrorFile=" + home.work(instance).resolve("hs_err_pid%p.log"));
        command.addAll(javaOptions);
        var extra = System.getenv("DARTBOARD_JAVA_OPTS");
        if (instance.member() == Member.STACK) {
            command.add(STACK_HEAP);
            command.add("-Dlogback.configurationFile=logback-stack.xml");
            command.add("-Ddartboard.log=" + home.log(instance));
            command.add("-cp");
            command.add(ownClassPath());
            command.add(LocalStack.class.getName());
            command.add(home.root().toString());
            command.add(readyFile(home).toString());
        } else {
            command.add(serviceHeap);
            if (extra != null && !extra.isBlank()) {
                command.addAll(List.of(extra.strip().split("\\s+")));
            }
            command.add("-jar");
            command.add(jar(instance.member()).toString());
        }
        return command;
    }

    Map<String, String> environment(Instance instance, Home home, Ports ports) {
        var environment = new LinkedHashMap<>(KEEP_MEMORY);
        environment.putAll(FILE_NAMES);
        if (instance.member() == Member.STACK) {
            return environment;
        }
        var credentials = Credentials.of(home);
        environment.put("OMP_NUM_THREADS", Integer.toString(threads));
        // Several services share the cores: a thread that waits for its team shall soon sleep, not spin.
        environment.put("GOMP_SPINCOUNT", "10000");
        environment.put("DARTBOARD_KAFKA_BOOTSTRAP_SERVERS", ports.bootstrapServers());
        environment.put("DARTBOARD_S3_ENDPOINT", ports.s3Endpoint());
        environment.put("DARTBOARD_S3_ACCESS_KEY", credentials.accessKey());
        environment.put("DARTBOARD_S3_SECRET_KEY", credentials.secretKey());
        environment.put("DARTBOARD_S3_BUCKET", Artifacts.BUCKET);
        environment.put("DARTBOARD_DEVICES", devices);
        environment.put("DARTBOARD_THREADS", Integer.toString(threads));
        environment.put("DARTBOARD_WORK_DIR", home.work(instance).toString());
        environment.put("DARTBOARD_DATASETS_FOLDERS_FILE", home.datasetFolders().toString());
        if (instance.worksOnly()) {
            environment.put("DARTBOARD_ROLES", Role.WORKER.id());
        }
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put(
                "QUARKUS_HTTP_PORT", Integer.toString(ports.pair(instance).http()));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put(
                "QUARKUS_MANAGEMENT_PORT", Integer.toString(ports.pair(instance).management()));
        environment.put("QUARKUS_LOG_CONSOLE_ENABLED", "false");
        environment.put("QUARKUS_LOG_FILE_ENABLED", "true");
        environment.put("QUARKUS_LOG_FILE_PATH", home.log(instance).toString());
        environment.put("QUARKUS_LOG_FILE_ROTATION_MAX_FILE_SIZE", LOG_SIZE);
        environment.put("QUARKUS_LOG_FILE_ROTATION_MAX_BACKUP_INDEX", LOG_FILES);
        environment.putAll(settings);
        return environment;
    }

    /** This process's class path, absolute: the stack runs in a folder of its own. */
    private static String ownClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Exists while the stack takes requests. */
    static Path readyFile(Home home) {
        return home.pids().resolve("stack.ready");
    }
}
