package io.dartboard.nas.genotype;

import java.util.List;

/**
 * A genotype drawn as one self-contained SVG document: a title, its cells, a caption. It needs no script, style sheet
 * or font from elsewhere, so it can be kept as an artifact and opened in any browser.
 */
public final class CellSvg {
    private CellSvg() {}

    /**
     * Draws both cells.
     *
     * @param title heading of the picture, wrapped to its width
     * @param caption text below the cells, wrapped to the picture's width; blank for none
     * @return an XML document
     */
    public static String draw(Genotype genotype, String title, String caption) {
        return SvgDocument.of(
                List.of(
                        new CellDrawing("Normal cell", "keeps the resolution", genotype.normal()),
                        new CellDrawing("Reduction cell", "stride 2 from both inputs", genotype.reduce())),
                genotype.toString(),
                title,
                caption);
    }

    /** Draws a recurrent cell; as {@link #draw(Genotype, String, String)}. */
    public static String draw(RecurrentGenotype genotype, String title, String caption) {
        return SvgDocument.of(List.of(new RecurrentDrawing(genotype)), genotype.toString(), title, caption);
    }
}
