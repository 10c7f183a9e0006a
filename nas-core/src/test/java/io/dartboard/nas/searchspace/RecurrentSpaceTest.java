package io.dartboard.nas.searchspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecurrentSpaceTest {
    @Test
    void shouldHaveThePublishedCandidatesNodesAndEdges() {
        RecurrentSpace space = RecurrentSpace.DARTS;

        assertThat(space.candidates())
                .extracting(RecurrentPrimitive::publishedName)
                .containsExactly("none", "tanh", "relu", "sigmoid", "identity");
        assertThat(space.operations()).hasSize(4).doesNotContain(RecurrentPrimitive.NONE);
        assertThat(space.nodes()).isEqualTo(8);
        assertThat(space.edgeCount()).isEqualTo(36);
        assertThat(space.cell().edgesOf(7)).hasSize(8);
    }

    @Test
    void shouldRefuseASpaceThatIsNoRecurrentOne() {
        assertThatThrownBy(() -> new RecurrentSpace("two", RecurrentSpace.DARTS.candidates(), new CellShape(2, 4)))
                .hasMessageStartingWith("the cell of space 'two' must have 1 input");
        assertThatThrownBy(() -> new RecurrentSpace("empty", List.of(RecurrentPrimitive.NONE), new CellShape(1, 4)))
                .hasMessage("space 'empty' needs at least one candidate besides none");
    }

    @Test
    void shouldNameTheKnownOperationsWhenAskedForAnUnknownOne() {
        for (RecurrentPrimitive primitive : RecurrentPrimitive.values()) {
            assertThat(RecurrentPrimitive.of(primitive.publishedName())).isSameAs(primitive);
        }
        assertThatThrownBy(() -> RecurrentPrimitive.of("sine"))
                .hasMessage("unknown recurrent operation 'sine'; known: none, tanh, relu, sigmoid, identity");
    }
}
