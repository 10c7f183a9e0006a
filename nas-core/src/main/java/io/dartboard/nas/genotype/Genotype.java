package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CellKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A discrete convolutional architecture: the two cells that a network stacks. It is all that retraining learns from a
 * search.
 *
 * @param normal cell that keeps the resolution
 * @param reduce cell that halves it
 */
public record Genotype(CellGenotype normal, CellGenotype reduce) {

    /** The cell of a kind. */
    public CellGenotype cell(CellKind kind) {
        return switch (kind) {
            case NORMAL -> normal;
            case REDUCE -> reduce;
        };
    }

    /** The representative of all genotypes that differ from this one in naming and order alone. */
    public Genotype canonical() {
        return new Genotype(normal.canonical(), reduce.canonical());
    }

    /** SHA-256 of the canonical text in UTF-8, as 64 lower-case hexadecimal digits. */
    public String hash() {
        try {
            byte[] text = GenotypeText.print(canonical()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads the authors' text form.
     *
     * @throws GenotypeSyntaxException if the text is not a genotype; the message says where and what was expected
     */
    public static Genotype parse(String text) {
        return new GenotypeParser(text).genotype();
    }

    /** The authors' text form, exactly as their programs print it. */
    @Override
    public String toString() {
        return GenotypeText.print(this);
    }
}
