package io.dartboard.nas.searchspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
    @Test
    void shouldFindEverySpaceByItsId() {
        assertThat(SearchSpace.all()).isNotEmpty().allSatisfy(space -> assertThat(SearchSpace.of(space.id()))
                .isEqualTo(space));
    }

    @Test
    void shouldNameTheKnownSpacesWhenAskedForAnUnknownOne() {
        assertThatThrownBy(() -> SearchSpace.of("spheres"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "unknown search space 'spheres'; known: darts-cnn, fairdarts-cnn, robust-darts-s3, dartopti-resnet18, dartopti-resnet50, dartopti-xception, dartopti-inceptionv4, nas-bench-201, darts-rnn");
    }

    @Test
    void shouldOrderTheCandidatesAsPublished() {
        assertThat(CnnSpace.DARTS.candidates())
                .extracting(Primitive::publishedName)
                .containsExactly(
                        "none",
                        "max_pool_3x3",
                        "avg_pool_3x3",
                        "skip_connect",
                        "sep_conv_3x3",
                        "sep_conv_5x5",
                        "dil_conv_3x3",
                        "dil_conv_5x5");
        assertThat(CnnSpace.DARTS.operations()).hasSize(7).doesNotContain(Primitive.NONE);
    }

    @Test
    void shouldHaveTheDepthAndTheReductionsOfTheNetworkAroundWhichASpaceLies() {
        assertThat(CnnSpace.DARTOPTI_XCEPTION.shape(4, 13, 2).reductions()).containsExactly(1, 2, 11, 12);
        assertThat(CnnSpace.DARTS.shape(4, 13, 2).reductions()).containsExactly(4, 8);
        assertThatThrownBy(() -> CnnSpace.DARTOPTI_RESNET50.requireCells(8))
                .hasMessage(
                        "cells must be 4 in space dartopti-resnet50, as many as the network has around which it lies (was 8)");
        assertThatThrownBy(() -> CnnSpace.DARTOPTI_RESNET50.shape(4, 3, 2)).hasMessageStartingWith("cells must be 4");
    }

    @Test
    void shouldKnowThePlacesThatHoldTheSameCell() {
        CellSequence sequence = new CellSequence(List.of(0, 1, 2, 0, 1), List.of(1));

        assertThat(sequence.firsts()).containsExactly(0, 1, 2);
        assertThat(sequence.firstOf(4)).isEqualTo(1);
        assertThat(CnnSpace.DARTOPTI_RESNET50.firstLike(3)).isZero();
        assertThat(CnnSpace.DARTS.firstLike(3)).isEqualTo(3);
        assertThatThrownBy(() -> new CellSequence(List.of(1, 0), List.of()))
                .hasMessage("a sequence of cells counts them from 0 in the order in which they come (was [1, 0])");
    }

    @Test
    void shouldRefuseASpaceWhoseCellsReadAnotherNumberOfCells() {
        assertThatThrownBy(() -> new CnnSpace("single", CnnSpace.DARTS.candidates(), new CellShape(1, 4)))
                .hasMessage("cells of space 'single' must have 2 inputs (had 1)");
    }

    @Test
    void shouldRefuseASpaceInWhichNothingCanBeChosen() {
        CellShape cell = new CellShape(2, 4);
        assertThatThrownBy(() -> new CnnSpace("empty", List.of(Primitive.NONE), cell))
                .hasMessage("space 'empty' needs at least one candidate besides none");
        assertThatThrownBy(() -> new CnnSpace("empty", List.of(), cell))
                .hasMessage("space 'empty' needs at least one candidate besides none");
        assertThatThrownBy(() -> new CnnSpace("twice", List.of(Primitive.SKIP_CONNECT, Primitive.SKIP_CONNECT), cell))
                .hasMessageContaining("names a candidate twice");
    }

    @Test
    void shouldReadAndWritePublishedNamesOfPrimitives() {
        for (Primitive primitive : Primitive.all()) {
            assertThat(Primitive.of(primitive.publishedName())).isSameAs(primitive);
        }
    }

    @Test
    void shouldNameTheKnownOperationsWhenAskedForAnUnknownOne() {
        assertThatThrownBy(() -> Primitive.of("sep_conv_9x9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown operation 'sep_conv_9x9'; known: none, max_pool_3x3")
                .hasMessageEndingWith("nor_conv_1x1, nor_conv_3x3, simple_conv_1x1, simple_conv_3x3");
    }

    @Test
    void shouldCountPoolsSkipsAndNoneAsParameterFree() {
        assertThat(CnnSpace.DARTS.candidates().stream().filter(Primitive::parameterFree))
                .containsExactly(
                        Primitive.NONE, Primitive.MAX_POOL_3X3, Primitive.AVG_POOL_3X3, Primitive.SKIP_CONNECT);
    }
}
