package io.dartboard.pipeline.config;

import java.nio.file.Path;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a path of the local file system. */
public final class PathConverter implements Converter<Path> {
    private static final long serialVersionUID = 1L;

    @Override
    public Path convert(String text) {
        return Path.of(text.strip());
    }
}
