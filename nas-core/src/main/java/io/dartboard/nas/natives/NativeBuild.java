package io.dartboard.nas.natives;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The build of PyTorch that lies on the class path, as its jar describes itself.
 *
 * @param version of PyTorch, as 2.0.1
 * @param flavor what it computes on: cpu, cu118, cu124
 * @param platform system and processor, as linux-x86_64
 */
public record NativeBuild(String version, String flavor, String platform) {
    private static final String DESCRIPTION = "native/lib/pytorch.properties";

    /** True if it can compute on a GPU. */
    public boolean cuda() {
        return flavor.startsWith("cu");
    }

    /** The first number of the CUDA release that it was built with: 11 for cu118. */
    int cudaMajor() {
        return Integer.parseInt(flavor.substring(2, 4));
    }

    /**
     * The build on a class path; empty if none is there.
     *
     * @throws NativesException if there are two, since it would be chance which of them is loaded
     */
    static Optional<NativeBuild> on(ClassLoader classPath) {
        try {
            List<URL> descriptions = Collections.list(classPath.getResources(DESCRIPTION));
            if (descriptions.size() > 1) {
                throw new NativesException(
                        "%d builds of PyTorch's natives lie on the class path (%s): leave one of them, and build without what was there before (mvn clean)"
                                .formatted(descriptions.size(), descriptions));
            }
            return descriptions.isEmpty() ? Optional.empty() : Optional.of(read(descriptions.get(0)));
        } catch (IOException e) {
            throw new NativesException("cannot read %s: %s".formatted(DESCRIPTION, e.getMessage()), e);
        }
    }

    private static NativeBuild read(URL description) throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = description.openStream()) {
            properties.load(stream);
        }
        String classifier = properties.getProperty("classifier", "");
        String flavor = properties.getProperty("flavor");
        if (flavor == null) { // Builds of PyTorch before 2.0 have it in front of the platform.
            int dash = classifier.indexOf('-');
            flavor = classifier.substring(0, Math.max(dash, 0));
            classifier = classifier.substring(dash + 1);
        }
        String version = properties.getProperty("version", "");
        int stamp = version.indexOf('-'); // The day on which the jar was made.
        return new NativeBuild(stamp < 0 ? version : version.substring(0, stamp), flavor, classifier);
    }
}
