package io.dartboard.nas.searchspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CellShapeTest {
    private final CellShape cell = new CellShape(2, 4);

    @Test
    void shouldNumberEdgesNodeByNodeAndByOrigin() {
        assertThat(cell.edgeCount()).isEqualTo(14);
        assertThat(cell.edges()).extracting(Edge::index).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        assertThat(cell.edges()).extracting(Edge::node).containsExactly(0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3);
        assertThat(cell.edges()).extracting(Edge::from).containsExactly(0, 1, 0, 1, 2, 0, 1, 2, 3, 0, 1, 2, 3, 4);
    }

    @Test
    void shouldAgreeOnAnEdgeHoweverItIsFound() {
        assertThat(cell.edges()).allSatisfy(edge -> assertThat(cell.edgeIndex(edge.node(), edge.from()))
                .isEqualTo(edge.index()));
        assertThat(cell.edgesOf(2)).containsExactlyElementsOf(cell.edges().subList(5, 9));
    }

    @Test
    void shouldRefuseEdgesThatDoNotExist() {
        assertThatThrownBy(() -> cell.edgeIndex(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> cell.edgeIndex(4, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> cell.edgeIndex(1, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldRefuseACellWithoutInputsOrNodes() {
        assertThatThrownBy(() -> new CellShape(0, 4)).hasMessage("a cell needs at least 1 input (was 0)");
        assertThatThrownBy(() -> new CellShape(2, 0)).hasMessage("a cell needs at least 1 node (was 0)");
    }
}
