package io.dartboard.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.natives.CudaDriver;
import io.dartboard.nas.natives.Devices;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** All that is to be known of a device: whether it computes rightly, and what a step costs on it. */
@Command(
        name = "device",
        description = "One device: self-tests, golden tests, resume across processes, the same search on the CPU, and"
                + " what steps of search and training cost. Prints a table and writes it as JSON, to be sent back.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exits with 0 if everything that was checked holds, else with 1."})
final class DeviceBench implements Callable<Integer> {
    private static final int TOLD_FAILURES = 5;
    /** Of single precision: where sums are taken in another order, twenty steps of Adam move an alpha by 0.006. */
    private static final double ALPHAS_AGREE = 2e-3;

    @Option(names = "--device", defaultValue = "gpu0", description = "cpu, gpu0, … (${DEFAULT-VALUE}).")
    private String device = "gpu0";

    @Option(
            names = "--small",
            description = "Small networks and short turns: does it work at all? Two minutes on a CPU.")
    private boolean small;

    @Option(names = "--json", description = "Where the figures go; device-<name>.json if not given.")
    private Optional<Path> json = Optional.empty();

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @picocli.CommandLine.Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        Device target = Torch.device(device);
        Optional<String> trouble = Devices.trouble(target);
        if (trouble.isPresent()) {
            throw new IllegalStateException("%s cannot be used: %s".formatted(device, trouble.get()));
        }
        DeviceReport report = new DeviceReport(out);
        facts(report, target);
        selfTests(report);
        goldenTests(report);
        try (Scratch scratch = Scratch.make()) {
            searches(report, scratch.folder());
        }
        report.head();
        for (Map.Entry<String, Spec> each : specs(target).entrySet()) {
            step(report, each.getKey(), each.getValue());
        }
        Path file = json.orElse(Path.of("device-%s.json".formatted(device)));
        report.write(file);
        out.printf("%nwritten to %s%n", file.toAbsolutePath());
        out.flush();
        return report.holds() ? 0 : 1;
    }

    private void facts(DeviceReport report, Device target) {
        report.fact("device", device);
        if (target.isGpu()) {
            CudaDriver driver = CudaDriver.find().orElseThrow();
            int capability = driver.capability(target.getDeviceId());
            report.fact("card", driver.name(target.getDeviceId()));
            report.fact("capability", "%d.%d".formatted(capability / 10, capability % 10));
            report.fact("driver", "CUDA %d.%d".formatted(driver.version() / 1000, driver.version() % 1000 / 10));
            report.fact("memory MiB", CudaUtils.getGpuMemory(target).getMax() >> 20);
        }
        report.fact("PyTorch", Engine.getInstance().getVersion());
        report.fact("DJL", Engine.getDjlVersion());
        report.fact("Java", System.getProperty("java.vm.version"));
        report.fact("processors", Runtime.getRuntime().availableProcessors());
        report.fact("threads", new RoundOptions().threads());
        report.fact("sizes", small ? "small" : "the papers'");
    }

    private void selfTests(DeviceReport report) {
        guarded(report, "self-tests", () -> {
            List<String> said = FreshProcess.run(SelfTestProbe.class, List.of(device));
            List<String> wrong =
                    said.stream().filter(line -> !line.equals("ok")).toList();
            report.check(
                    "self-tests",
                    wrong.isEmpty(),
                    wrong.isEmpty() ? "%d passed".formatted(said.size()) : String.join("; ", wrong));
        });
    }

    private void goldenTests(DeviceReport report) {
        guarded(report, "golden tests", () -> {
            List<String> said = FreshProcess.run(GoldenProbe.class, List.of(device));
            long found = Long.parseLong(said.get(0));
            long failed = Long.parseLong(said.get(1));
            List<String> failures = said.subList(2, Math.min(said.size(), 2 + TOLD_FAILURES));
            report.check(
                    "golden tests",
                    found > 0 && failed == 0,
                    "%d of %d passed%s"
                            .formatted(
                                    found - failed,
                                    found,
                                    failures.isEmpty() ? "" : "; first: " + String.join("; ", failures)));
        });
    }

    private void searches(DeviceReport report, Path scratch) throws IOException {
        Path images = scratch.resolve("images");
        ShortSearch.writeImages(images, searchBatch());
        guarded(report, "resume", () -> {
            List<Double> whole = search(device, images, scratch, "whole");
            search(device, images, scratch, "before");
            List<Double> resumed = search(device, images, scratch, "after");
            double apart = apart(whole, resumed);
            report.check(
                    "resume across a process",
                    apart <= ALPHAS_AGREE,
                    apart == 0
                            ? "the alphas of %d steps are the same to the last bit".formatted(ShortSearch.STEPS)
                            : String.format(Locale.ROOT, "alphas differ by at most %.1e", apart));
            if (!device.equals("cpu")) {
                double fromCpu = apart(whole, search("cpu", images, scratch, "whole"));
                report.check(
                        "the same search on the CPU",
                        fromCpu <= ALPHAS_AGREE,
                        String.format(
                                Locale.ROOT,
                                "after %d steps alphas differ by at most %.1e",
                                ShortSearch.STEPS,
                                fromCpu));
            }
        });
    }

    private List<Double> search(String where, Path images, Path scratch, String part) {
        List<String> arguments = List.of(
                where,
                images.toString(),
                scratch.resolve("checkpoint").toString(),
                small ? "2" : "16",
                small ? "3" : "8",
                Integer.toString(searchBatch()),
                part);
        return FreshProcess.run(ShortSearch.class, arguments).stream()
                .map(Double::valueOf)
                .toList();
    }

    private int searchBatch() {
        return small ? 4 : 16;
    }

    private static double apart(List<Double> some, List<Double> others) {
        double most = 0;
        for (int i = 0; i < some.size(); i++) {
            most = Math.max(most, Math.abs(some.get(i) - others.get(i)));
        }
        return most;
    }

    private void step(DeviceReport report, String name, Spec spec) {
        guarded(report, name, () -> {
            List<String> arguments = new ArrayList<>(List.of("turn", device, small ? "0.2" : "5"));
            arguments.addAll(spec.arguments());
            report.step(name, spec, Turn.parse(FreshProcess.run(SpecProbe.class, arguments)));
        });
    }

    /** What fails is worth as much as a figure, and the rest is measured all the same. */
    private static void guarded(DeviceReport report, String name, Runnable measurement) {
        try {
            measurement.run();
        } catch (IllegalStateException e) {
            report.check(name, false, String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Spec> specs(Device target) {
        Map<String, Spec> specs = new LinkedHashMap<>();
        for (Order order : Order.values()) {
            for (int batch : small ? new int[] {8} : target.isGpu() ? new int[] {64, 256} : new int[] {64}) {
                specs.put(
                        "search, %s, batch %d".formatted(order.title, batch),
                        small
                                ? new SearchSpec(Network.ENGINE, order.method.id(), 4, 3, 16, batch, batch)
                                : new SearchSpec(Network.ENGINE, order.method.id(), 16, 8, 32, batch, batch));
            }
        }
        RecurrentSearchConfig search = RecurrentSearchConfig.paperPtb();
        TextSizes searched = small
                ? new TextSizes(16, 4, 5, 50)
                : new TextSizes(search.width(), search.batchSize(), search.bptt(), TextSizes.PENN);
        for (Order order : Order.values()) {
            specs.put(
                    "text search, %s, batch %d".formatted(order.title, searched.batch()),
                    new RecurrentSearchSpec(Network.ENGINE, order.method.id(), searched));
        }
        specs.put(
                "CIFAR training, batch %d".formatted(small ? 8 : 96),
                small
                        ? new TrainSpec(Network.ENGINE, Stem.CIFAR, 4, 5, 32, 8)
                        : new TrainSpec(Network.ENGINE, Stem.CIFAR, 36, 20, 32, 96));
        specs.put(
                "ImageNet training, batch %d".formatted(small ? 2 : 128),
                small
                        ? new TrainSpec(Network.ENGINE, Stem.IMAGENET, 4, 5, 224, 2)
                        : new TrainSpec(Network.ENGINE, Stem.IMAGENET, 48, 14, 224, 128));
        RecurrentTrainConfig train = RecurrentTrainConfig.paperPtb();
        TextSizes trained = small
                ? new TextSizes(16, 4, 5, 50)
                : new TextSizes(train.width(), train.batchSize(), train.bptt(), TextSizes.PENN);
        specs.put(
                "text training, batch %d".formatted(trained.batch()), new RecurrentTrainSpec(Network.ENGINE, trained));
        return specs;
    }
}
