package io.dartboard.nas.image.data.made;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * Writes PNG files without compression (stored deflate blocks). What a compressor produces changes with its version; a
 * made set must be the same bytes everywhere.
 */
final class PlainPng {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int BLOCK = 0xffff;

    private PlainPng() {}

    /** Encodes 8-bit planes (3, side, side). */
    static byte[] encode(byte[] planes, int side) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(SIGNATURE);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(side);
        fields.writeInt(side);
        fields.write(new byte[] {8, 2, 0, 0, 0}); // 8 bits, RGB, deflate, filters per row, not interlaced
        chunk(out, "IHDR", header.toByteArray());
        chunk(out, "IDAT", stored(rows(planes, side)));
        chunk(out, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    private static byte[] rows(byte[] planes, int side) {
        byte[] rows = new byte[side * (1 + 3 * side)];
        int to = 0;
        for (int y = 0; y < side; y++) {
            rows[to++] = 0; // no filter
            for (int x = 0; x < side; x++) {
                for (int c = 0; c < 3; c++) {
                    rows[to++] = planes[(c * side + y) * side + x];
                }
            }
        }
        return rows;
    }

    private static byte[] stored(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(0x7801); // zlib header: deflate, 32 KiB window, fastest
        for (int at = 0; at < content.length; at += BLOCK) {
            int length = Math.min(BLOCK, content.length - at);
            out.writeByte(at + length == content.length ? 1 : 0);
            out.writeShort(Short.reverseBytes((short) length));
            out.writeShort(Short.reverseBytes((short) ~length));
            out.write(content, at, length);
        }
        Adler32 checksum = new Adler32();
        checksum.update(content);
        out.writeInt((int) checksum.getValue());
        return bytes.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(content);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) checksum.getValue());
    }
}
