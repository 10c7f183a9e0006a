package io.dartboard.bench;

import ai.djl.Device;
import io.dartboard.nas.bilevel.ArchitectureSelfTest;
import io.dartboard.nas.bilevel.Rehearsal;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.image.search.ImageRehearsal;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.train.TrainingSelfTest;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.text.search.TextRehearsal;
import io.dartboard.nas.text.search.TextSearch;
import io.dartboard.nas.text.train.RecurrentTrainingSelfTest;
import io.dartboard.nas.train.Compute;
import java.util.List;
import java.util.Locale;

/** The self-tests of the services on the device that its only argument names: {@code ok} or what is wrong, line by line. */
final class SelfTestProbe {
    private static final String OK = "ok";

    private SelfTestProbe() {}

    /** Prints what {@link DeviceBench} reads. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        Device device = Torch.device(args[0]);
        architecture(device, new ImageRehearsal(), ImageSearch.METHODS);
        architecture(device, new TextRehearsal(), TextSearch.METHODS);
        Compute compute = new Compute(device, 1);
        System.out.println(new TrainingSelfTest(compute).run().orElse(OK));
        System.out.println(new RecurrentTrainingSelfTest(compute).run().orElse(OK));
    }

    private static void architecture(Device device, Rehearsal rehearsal, List<SearchMethod> methods) {
        for (SearchMethod method : ArchitectureSelfTest.checkable(methods)) {
            ArchitectureSelfTest.Verdict verdict = new ArchitectureSelfTest(device, rehearsal, method).run();
            System.out.println(verdict.passed() ? OK : method.id() + ": " + verdict.line());
        }
    }
}
