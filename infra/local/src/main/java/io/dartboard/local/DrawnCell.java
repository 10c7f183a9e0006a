package io.dartboard.local;

import io.dartboard.local.show.CellPicture;
import io.dartboard.nas.genotype.CellSvg;
import io.dartboard.nas.genotype.CellText;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.RecurrentGenotype;
import java.util.List;

/** The cell as {@code nas-core} draws it, of either kind. */
final class DrawnCell implements CellPicture {
    private static final String TITLE = "The cell";

    @Override
    public List<String> text(String genotype) {
        var text = RecurrentGenotype.isMeantBy(genotype)
                ? CellText.draw(RecurrentGenotype.parse(genotype))
                : CellText.draw(Genotype.parse(genotype));
        return text.lines().toList();
    }

    @Override
    public String svg(String genotype, String caption) {
        return RecurrentGenotype.isMeantBy(genotype)
                ? CellSvg.draw(RecurrentGenotype.parse(genotype), TITLE, caption)
                : CellSvg.draw(Genotype.parse(genotype), TITLE, caption);
    }
}
