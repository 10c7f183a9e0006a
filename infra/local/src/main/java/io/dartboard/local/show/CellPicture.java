package io.dartboard.local.show;

import java.util.List;

/** Draws the cell that a genotype's text stands for. */
public interface CellPicture {

    /** The two cells as lines of text, at most 96 columns wide. */
    List<String> text(String genotype);

    /** The two cells as an SVG document. */
    String svg(String genotype, String caption);
}
