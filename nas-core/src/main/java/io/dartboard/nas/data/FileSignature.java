package io.dartboard.nas.data;

/** The bytes by which a file's format is known, whatever it is called. */
public final class FileSignature {

    private FileSignature() {}

    /**
     * True if these bytes stand there.
     *
     * @param file its content, or the beginning of it
     * @param at where they should stand
     * @param signature each in [0, 255]
     */
    public static boolean stands(byte[] file, int at, int... signature) {
        if (file.length < at + signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if ((file[at + i] & 0xff) != signature[i]) {
                return false;
            }
        }
        return true;
    }
}
