package io.dartboard.nas.genotype;

/** A part of an SVG page. Its elements lie in its own coordinates, from its upper left corner. */
public interface SvgPanel {
    /** In pixels. */
    int width();

    /** In pixels. */
    int height();

    /** Its elements. */
    String draw();
}
