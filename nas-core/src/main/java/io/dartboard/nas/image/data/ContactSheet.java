package io.dartboard.nas.image.data;

import io.dartboard.nas.image.data.PhotoSurvey.Photograph;
import io.dartboard.nas.image.data.RgbImage.Box;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A few training images of each of the first classes on one sheet, for people to look at: a row for each class in label
 * order, without writing, so that no font is needed.
 */
public final class ContactSheet {

    /** Most classes that are shown. */
    public static final int ROWS = 20;

    private static final int COLUMNS = 10;
    private static final int TILE = 64;
    private static final int GAP = 4;
    private static final int MOST_FILE = Integer.MAX_VALUE - 8;

    private ContactSheet() {}

    /** An example on its way to the sheet. */
    @FunctionalInterface
    private interface Example {
        RgbImage read() throws IOException;
    }

    /**
     * Writes the sheet of a set in memory as PNG.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(CifarBinary set, Path png) throws IOException {
        PixelImages images = set.train();
        List<List<Example>> rows = rows(set.labelNames().size());
        IntStream.range(0, images.size())
                .forEach(i -> add(
                        rows,
                        images.label(i),
                        () -> new RgbImage(new Box(0, 0, images.side(), images.side()), images.pixels(i))));
        write(rows, png);
    }

    /**
     * Writes the sheet of a set of photographs as PNG; their files must still be open.
     *
     * @throws IOException if a photograph cannot be read any more, or the sheet cannot be written
     */
    public static void write(PhotoSurvey survey, Path png) throws IOException {
        List<List<Example>> rows = rows(survey.classNames().size());
        for (Photograph photograph : survey.train()) {
            add(rows, photograph.label(), () -> {
                try (PhotoReader reader = PhotoReader.of(photograph.file().read(MOST_FILE))) {
                    return reader.read();
                }
            });
        }
        write(rows, png);
    }

    private static List<List<Example>> rows(int classes) {
        return IntStream.range(0, Math.min(classes, ROWS))
                .<List<Example>>mapToObj(row -> new ArrayList<>())
                .toList();
    }

    private static void add(List<List<Example>> rows, int label, Example example) {
        if (label < rows.size() && rows.get(label).size() < COLUMNS) {
            rows.get(label).add(example);
        }
    }

    private static void write(List<List<Example>> rows, Path png) throws IOException {
        BufferedImage sheet = new BufferedImage(
                COLUMNS * (TILE + GAP) + GAP, rows.size() * (TILE + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                draw(rows.get(row).get(column).read(), sheet, GAP + column * (TILE + GAP), GAP + row * (TILE + GAP));
            }
        }
        if (!ImageIO.write(sheet, "png", png.toFile())) {
            throw new IOException("cannot write %s: no encoder for PNG".formatted(png));
        }
    }

    private static void draw(RgbImage image, BufferedImage sheet, int left, int top) {
        int side = Math.min(image.area().height(), image.area().width());
        Box box = RandomResizedCrop.centred(image.area().height(), image.area().width(), side, side);
        float[] tile = image.resized(box, TILE, TILE);
        for (int y = 0; y < TILE; y++) {
            for (int x = 0; x < TILE; x++) {
                int at = y * TILE + x;
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    rgb = rgb << 8 | Math.round(255 * Math.min(1, Math.max(0, tile[c * TILE * TILE + at])));
                }
                sheet.setRGB(left + x, top + y, rgb);
            }
        }
    }
}
