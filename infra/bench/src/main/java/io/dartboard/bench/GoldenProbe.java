package io.dartboard.bench;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.util.Locale;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The golden tests of the engine on the device that its only argument names: tests, failures, then a line for each. */
final class GoldenProbe {
    private GoldenProbe() {}

    /** Prints what {@link DeviceBench} reads. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        System.setProperty("golden.device", args[0]);
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectPackage("io.dartboard.nas"))
                                .filters(includeClassNamePatterns(".*GoldenTest"))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        System.out.println(summary.getTestsFoundCount());
        System.out.println(summary.getTotalFailureCount());
        for (TestExecutionSummary.Failure failure : summary.getFailures()) {
            String reason = String.valueOf(failure.getException().getMessage());
            System.out.printf(
                    "%s: %s%n",
                    failure.getTestIdentifier().getDisplayName(), reason.strip().replaceAll("\\s+", " "));
        }
    }
}
