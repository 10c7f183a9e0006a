package io.dartboard.nas.image.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Small pictures as files: left half red, right half blue. */
final class Pictures {
    static final Color LEFT = new Color(200, 30, 40);
    static final Color RIGHT = new Color(20, 60, 220);

    private static final String LOSSLESS_8_BY_4 = "UklGRiIAAABXRUJQVlA4TBYAAAAvB8AAAA9wHvFT0J6Je/6DB32I6H8A";
    private static final String LOSSY_8_BY_4 =
            "UklGRlwAAABXRUJQVlA4IFAAAABwAwCdASoIAAQAAIAIJagCdLoB+AH6gUoD8AK7/3AAEYHcmAAA/v8KD/6LJ3/4myfz5fwE348Xz1h//dgX"
                    + "/3bIBDqcpKgXbIBDqc//IZAAAA==";

    private Pictures() {}

    /** In a format of ImageIO, or webp, which is 8 by 4 pixels and lossy. */
    static byte[] of(String format, int width, int height) throws IOException {
        if (format.equals("webp")) {
            return Base64.getDecoder().decode(LOSSY_8_BY_4);
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(LEFT);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(RIGHT);
        graphics.fillRect(width / 2, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, bytes)) {
            throw new IOException("no encoder for " + format);
        }
        return bytes.toByteArray();
    }

    /** 8 by 4 pixels, lossless. */
    static byte[] losslessWebp() {
        return Base64.getDecoder().decode(LOSSLESS_8_BY_4);
    }

    /** A JPEG file with the Exif tag Orientation, of either byte order. */
    static byte[] turned(byte[] jpeg, int orientation, boolean bigEndian) {
        byte[] tiff = bigEndian
                ? new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) orientation, 0, 0}
                : new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte) orientation, 0, 0, 0
                };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        int length = 2 + 6 + tiff.length + 4;
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length});
        out.writeBytes(new byte[] {'E', 'x', 'i', 'f', 0, 0});
        out.writeBytes(tiff);
        out.writeBytes(new byte[4]); // no further directory
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }
}
