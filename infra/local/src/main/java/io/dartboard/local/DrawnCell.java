package io.dartboard.local;

import io.dartboard.local.show.CellPicture;
import io.dartboard.nas.genotype.Architecture;
import java.util.List;

/** The cell as {@code nas-core} draws it, of either kind. */
final class DrawnCell implements CellPicture {
    private static final String TITLE = "The cell";

    @Override
    public List<String> text(String genotype) {
        return Architecture.parse(genotype).text().lines().toList();
    }

    @Override
    public String svg(String genotype, String caption) {
        return Architecture.parse(genotype).svg(TITLE, caption);
    }
}
