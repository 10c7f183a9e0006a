package io.dartboard.local;

import io.dartboard.local.show.CellPicture;
import io.dartboard.nas.genotype.CellSvg;
import io.dartboard.nas.genotype.CellText;
import io.dartboard.nas.genotype.Genotype;
import java.util.List;

/** The cell as {@code nas-core} draws it. */
final class DrawnCell implements CellPicture {
    @Override
    public List<String> text(String genotype) {
        return CellText.draw(Genotype.parse(genotype)).lines().toList();
    }

    @Override
    public String svg(String genotype, String caption) {
        return CellSvg.draw(Genotype.parse(genotype), "The cell", caption);
    }
}
