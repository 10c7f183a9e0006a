package io.dartboard.nas.natives;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes shared libraries without code for Linux: a name, and the names of what they need (ELF, 64 bits). */
final class MadeLibrary {
    private static final int HEADER = 64;
    private static final int SEGMENT = 56;
    private static final int SYMBOL = 24;
    private static final int SEGMENTS = 3;
    private static final long NEEDED = 1;
    private static final long STRINGS = 5;
    private static final long SYMBOLS = 6;
    private static final long STRINGS_SIZE = 10;
    private static final long SYMBOL_SIZE = 11;
    private static final long NAME = 14;

    private MadeLibrary() {}

    static byte[] bytes(String name, String... needed) {
        var strings = new ByteArrayOutputStream();
        strings.write(0);
        List<long[]> entries = new ArrayList<>();
        for (var library : needed) {
            entries.add(new long[] {NEEDED, append(strings, library)});
        }
        entries.add(new long[] {NAME, append(strings, name)});
        int dynamic = HEADER + SEGMENTS * SEGMENT;
        int symbols = dynamic + (entries.size() + 5) * 16;
        int text = symbols + SYMBOL;
        int size = text + strings.size();
        entries.add(new long[] {STRINGS, text});
        entries.add(new long[] {SYMBOLS, symbols});
        entries.add(new long[] {STRINGS_SIZE, strings.size()});
        entries.add(new long[] {SYMBOL_SIZE, SYMBOL});
        entries.add(new long[] {0, 0});

        var elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        elf.putShort((short) 3).putShort(processor()).putInt(1).putLong(0); // a shared object, no entry point
        elf.putLong(HEADER).putLong(0).putInt(0).putShort((short) HEADER);
        elf.putShort((short) SEGMENT)
                .putShort((short) SEGMENTS)
                .putShort((short) 64)
                .putShort((short) 0)
                .putShort((short) 0);
        segment(elf, 1, 6, 0, size, 0x1000); // loaded; the loader writes addresses into the dynamic section
        segment(elf, 2, 6, dynamic, entries.size() * 16, 8);
        segment(elf, 0x6474e551, 6, 0, 0, 16); // a stack that is no code
        entries.forEach(entry -> elf.putLong(entry[0]).putLong(entry[1]));
        elf.position(text);
        elf.put(strings.toByteArray());
        return elf.array();
    }

    static Path write(Path file, String name, String... needed) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes(name, needed));
    }

    private static long append(ByteArrayOutputStream strings, String text) {
        long at = strings.size();
        strings.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        strings.write(0);
        return at;
    }

    private static void segment(ByteBuffer elf, int type, int flags, long offset, long size, long align) {
        elf.putInt(type).putInt(flags).putLong(offset).putLong(offset).putLong(offset);
        elf.putLong(size).putLong(size).putLong(align);
    }

    private static short processor() {
        return (short) (System.getProperty("os.arch").equals("aarch64") ? 183 : 62);
    }
}
