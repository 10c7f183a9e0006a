package io.dartboard.nas.genotype;

import java.util.List;
import java.util.stream.IntStream;

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
                        CellDrawing.of("Normal cell", "keeps the resolution", genotype.normal()),
                        CellDrawing.of("Reduction cell", "stride 2 from both inputs", genotype.reduce())),
                genotype.toString(),
                title,
                caption);
    }

    /** Draws cells that were searched each in its own place; as {@link #draw(Genotype, String, String)}. */
    public static String draw(DistributedGenotype genotype, String title, String caption) {
        return SvgDocument.of(
                IntStream.range(0, genotype.cells().size())
                        .mapToObj(place -> CellDrawing.of(
                                "Cell " + place,
                                genotype.reductions().contains(place)
                                        ? "stride 2 from both inputs"
                                        : "keeps the resolution",
                                genotype.cells().get(place)))
                        .toList(),
                genotype.toString(),
                title,
                caption);
    }

    /** Draws a cell of NAS-Bench-201; as {@link #draw(Genotype, String, String)}. */
    public static String draw(NasBench201Genotype genotype, String title, String caption) {
        return SvgDocument.of(List.of(CellDrawing.of(genotype)), genotype.toString(), title, caption);
    }

    /** Draws a recurrent cell; as {@link #draw(Genotype, String, String)}. */
    public static String draw(RecurrentGenotype genotype, String title, String caption) {
        return SvgDocument.of(List.of(new RecurrentDrawing(genotype)), genotype.toString(), title, caption);
    }
}
