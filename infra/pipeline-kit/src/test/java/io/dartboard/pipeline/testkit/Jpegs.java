package io.dartboard.pipeline.testkit;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Photographs as cameras write them: JPEG files that differ in size. */
public final class Jpegs {
    private Jpegs() {}

    /** Replaces every PNG file below a folder by a JPEG file; of every other one the lower quarter is cut off. */
    public static void inPlaceOfPngs(Path folder) throws IOException {
        List<Path> pngs;
        try (var files = Files.walk(folder)) {
            pngs = files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
        for (var i = 0; i < pngs.size(); i++) {
            var png = pngs.get(i);
            var whole = ImageIO.read(png.toFile());
            var height = i % 2 == 0 ? whole.getHeight() : whole.getHeight() * 3 / 4;
            var photo = new BufferedImage(whole.getWidth(), height, BufferedImage.TYPE_INT_RGB);
            photo.getGraphics().drawImage(whole, 0, 0, null);
            var name = String.valueOf(png.getFileName()).replace(".png", ".jpg");
            if (!ImageIO.write(photo, "jpg", png.resolveSibling(name).toFile())) {
                throw new IOException("no JPEG writer");
            }
            Files.delete(png);
        }
    }
}
