package io.dartboard.pipeline.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every option that the services share. Durations are a number of seconds, a number with a unit ({@code 500ms}, {@code
 * 30s}, {@code 5m}, {@code 2h}, {@code 1d}) or ISO 8601 ({@code PT30S}).
 */
@ConfigMapping(prefix = "dartboard")
public interface PipelineConfig {

    /** The brokers. */
    Kafka kafka();

    /** The artifact store. */
    S3 s3();

    /** Which parts of the service run in this process, by commas: api, planner, worker. */
    @WithDefault("api,planner,worker")
    List<String> roles();

    /**
     * Where networks are trained, by commas: cpu, or gpu0, gpu1, … Each takes one job at a time; a processor of many cores
     * may be named as often as it shall train at once.
     */
    @WithDefault("cpu")
    List<String> devices();

    /** Threads that one tensor operation may use; 0 leaves the choice to the engine. */
    @WithDefault("0")
    int threads();

    /** What a GPU may trade for speed. */
    Cuda cuda();

    /** Threads that load the images of one job; 0 shares the processors among the devices. */
    @WithDefault("0")
    int loaderThreads();

    /** Folder for downloaded datasets and checkpoints on their way; safe to delete while no service runs. */
    @WithDefault("work")
    @WithConverter(PathConverter.class)
    Path workDir();

    /** How jobs are taken and kept. */
    Job job();

    /** When checkpoints are written and how many stay. */
    Checkpoint checkpoint();

    /** Copies of datasets on this machine. */
    Cache cache();

    /** Where datasets may be published from. */
    Datasets datasets();

    /** How stores tell that objects have changed. */
    Notifications notifications();

    /** What is expected of the planner. */
    Planner planner();

    /** How searches guard themselves whose run says nothing of it. */
    Guard guard();

    /** How searches guard themselves whose run says nothing of it. */
    interface Guard {
        /** Whether a search that collapses or has settled is ended; else it is told. */
        @WithDefault("false")
        boolean act();
    }

    /**
     * What an hour of a device costs, in whatever money budgets are in; a budget in money is refused if left out. Of search-svc.
     */
    Optional<Double> pricePerDeviceHour();

    /** When a cell is promoted. */
    Verdict verdict();

    /** Who is told of promoted cells. */
    Handover handover();

    /** Where promoted cells are registered. */
    Mlflow mlflow();

    /** What a GPU may trade for speed; either moves the last digits of a result. */
    interface Cuda {
        /** Lets convolutions round their factors to ten bits of mantissa (TF32), on cards that can. */
        @WithDefault("false")
        boolean tf32();

        /** Lets cuDNN try its algorithms for each shape and take the fastest, which need not be the same each time. */
        @WithDefault("false")
        boolean benchmark();
    }

    /** Where Kafka is. */
    interface Kafka {
        /** Comma-separated host:port. */
        @WithDefault("localhost:9092")
        String bootstrapServers();

        /** Replicas of a topic that a service creates; -1 takes the broker's default. */
        @WithDefault("-1")
        short replicationFactor();

        /** A file of Kafka client properties, as Kafka's own tools take it with {@code --command-config}. */
        Optional<String> clientFile();

        /**
         * Properties of Kafka's clients, over those of the file; a name with dots stands in quotes: {@code
         * dartboard.kafka.properties."security.protocol"=SSL}.
         */
        Map<String, String> properties();
    }

    /** Where datasets may be published from; of search-svc. */
    interface Datasets {
        /** Folders of the host, by commas, that a {@code file:///} location may lie in; none allows no such location. */
        Optional<List<String>> folders();

        /** A file with one more of them in each line, read anew whenever a dataset is to be published. */
        Optional<String> foldersFile();

        /**
         * Buckets, by commas, that an {@code s3://} location may lie in beside the pipeline's own; reached as that is, with the
         * same keys.
         */
        Optional<List<String>> buckets();
    }

    /** How stores tell that objects have changed; of search-svc. */
    interface Notifications {
        /** A topic on the same brokers that a store, or a bridge, writes its bucket notifications to; none is read if left out. */
        Optional<String> topic();

        /**
         * A file with the token that a store has to send to {@code /v1/notifications} as {@code Authorization: Bearer}, read anew
         * each time; whoever reaches the port may notify if left out.
         */
        Optional<String> tokenFile();
    }

    /** The planner. */
    interface Planner {
        /** A planner with records waiting that commits nothing for so long is not ready. */
        @WithDefault("2m")
        @WithConverter(DurationConverter.class)
        Duration stallTimeout();
    }

    /** When a cell is promoted; of transfer-svc. */
    interface Verdict {
        /** How often a cell that is no better than another may be found better: the level of a one-sided test. */
        @WithDefault("0.05")
        double level();
    }

    /** Who is told of promoted cells; of transfer-svc. */
    interface Handover {
        /** Address that each promotion is posted to, as Standard Webhooks has it; nobody is told if left out. */
        Optional<String> url();

        /** A file with the key that messages are signed with, whsec_ and base64, read anew each time; unsigned if left out. */
        Optional<String> secretFile();

        /** How often a promotion is tried before it becomes a dead letter; 1 to 8. */
        @WithDefault("8")
        int tries();
    }

    /** MLflow's model registry, if promoted cells are registered there; of transfer-svc. */
    interface Mlflow {
        /** Address of the tracking server; nothing is registered if left out. */
        Optional<String> url();

        /** A file with the token that is sent as bearer, read anew each time; none is sent if left out. */
        Optional<String> tokenFile();

        /** What the names of models begin with, before the dataset's. */
        @WithDefault("dartboard-")
        String modelPrefix();

        /** How often a request is tried before the promotion becomes a dead letter; 1 to 8. */
        @WithDefault("8")
        int tries();
    }

    /** Where the artifacts are; MinIO or anything else that speaks S3. */
    interface S3 {
        /** Scheme, host, port, and the path where a proxy puts the store behind one. */
        @WithDefault("http://localhost:9000")
        String endpoint();

        /** PEM file of a private authority that signed the store's certificate; those of the JDK are trusted as well. */
        Optional<String> caFile();

        /**
         * Where the keys come from: keys (the next two), files (the two after), environment, profile, role, or auto for the
         * first of them that is there, and the keys of a new MinIO where none is.
         */
        @WithDefault("auto")
        String credentials();

        /** Access key of the store. */
        Optional<String> accessKey();

        /** Secret key of the store. */
        Optional<String> secretKey();

        /** File that holds the access key and nothing else. */
        Optional<String> accessKeyFile();

        /** File that holds the secret key and nothing else. */
        Optional<String> secretKeyFile();

        /** The bucket that holds everything; made where it is missing and may be. */
        @WithDefault("nas")
        String bucket();

        /** Region that requests are signed for. */
        @WithDefault("us-east-1")
        String region();
    }

    /** The job worker. */
    interface Job {
        /**
         * How long a job's lease lasts without being renewed, which is done three times as often; a worker that dies is
         * replaced after this time. The same for all services.
         */
        @WithDefault("30s")
        @WithConverter(DurationConverter.class)
        Duration lease();

        /** Attempts in a row that may begin and get nowhere before a job is given up. */
        @WithDefault("5")
        int maxAttempts();

        /** Pause before the second attempt; doubles with each further one. */
        @WithDefault("5s")
        @WithConverter(DurationConverter.class)
        Duration retryBackoff();

        /** A training thread that is silent for so long counts as hung: its lease lapses and liveness goes down. */
        @WithDefault("15m")
        @WithConverter(DurationConverter.class)
        Duration stallTimeout();

        /** Least time between two progress events of a job. */
        @WithDefault("1s")
        @WithConverter(DurationConverter.class)
        Duration progressInterval();

        /** Time that a running job has to write its checkpoint when the service is told to stop. */
        @WithDefault("25s")
        @WithConverter(DurationConverter.class)
        Duration shutdownGrace();
    }

    /** Checkpoints. */
    interface Checkpoint {
        /** Time between two checkpoints within an epoch. */
        @WithDefault("300s")
        @WithConverter(DurationConverter.class)
        Duration interval();

        /** A retraining or a transfer also writes one after so many epochs; a search does after each. */
        @WithDefault("1")
        int epochs();

        /** Checkpoints of a job that stay; the final one always does. */
        @WithDefault("3")
        int keep();
    }

    /** Copies of datasets on this machine. */
    interface Cache {
        /** An archive that no job has asked for in so long is removed when a service starts. */
        @WithDefault("30d")
        @WithConverter(DurationConverter.class)
        Duration keep();
    }
}
