package io.dartboard.bench.methods;

import io.dartboard.bench.table.CellTable;
import io.dartboard.bench.table.TableFigure;
import io.dartboard.nas.genotype.NasBench201Genotype;
import java.util.OptionalDouble;

/** What a cell is judged by. */
sealed interface Judge {
    /** In a few words. */
    String title();

    /** What a cell comes to, in percent; empty if the search failed. */
    OptionalDouble score(SearchRow row);

    /** Another training of it than ours, once and for all. */
    record ByTable(CellTable table, TableFigure figure) implements Judge {
        @Override
        public String title() {
            return figure.title();
        }

        @Override
        public OptionalDouble score(SearchRow row) {
            return row.succeeded()
                    ? OptionalDouble.of(table.accuracy(NasBench201Genotype.parse(row.cell()), figure))
                    : OptionalDouble.empty();
        }
    }

    /** A brief training of its network. */
    record ByRetraining(int epochs) implements Judge {
        @Override
        public String title() {
            return "validation after %d %s of retraining".formatted(epochs, epochs == 1 ? "epoch" : "epochs");
        }

        @Override
        public OptionalDouble score(SearchRow row) {
            return row.retrained()
                    .map(network -> OptionalDouble.of(network.accuracy()))
                    .orElseGet(OptionalDouble::empty);
        }
    }
}
