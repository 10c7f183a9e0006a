package io.dartboard.local.show;

import java.util.List;

/** Draws the cell that a genotype's text stands for. */
public interface CellPicture {

    /** The genotype's cells as lines of text, at most 96 columns wide for those of the DARTS spaces. */
    List<String> text(String genotype);

    /** The genotype's cells as an SVG document. */
    String svg(String genotype, String caption);
}
