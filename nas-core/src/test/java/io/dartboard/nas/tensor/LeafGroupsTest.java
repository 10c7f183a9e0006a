package io.dartboard.nas.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two operations whose weights do not lie side by side, and weights of none. */
class LeafGroupsTest {
    private final NDManager scope = Torch.open(Device.cpu());
    private final ParameterLayout layout;

    LeafGroupsTest() {
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        Initialization initial = new Initialization.FanIn(1);
        builder.add("stem", new Shape(2, 1), initial);
        builder.stack(List.of("cell.1.a", "cell.10.a"), new Shape(1, 2), initial);
        builder.add("cell.1.b", new Shape(3, 1), initial);
        builder.add("end", new Shape(1, 2), initial);
        layout = builder.build();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void shouldAddUpWhatBelongsTogether() {
        LeafGroups groups = new LeafGroups(scope, layout, List.of("cell.10.", "cell.1."));

        assertThat(groups.count()).isEqualTo(2);
        assertThat(groups.sums(vector()).toFloatArray()).containsExactly(sum("cell.10.a"), sum("cell.1.a", "cell.1.b"));
    }

    @Test
    void shouldLayANumberOverAllWeightsOfItsGroup() {
        LeafGroups groups = new LeafGroups(scope, layout, List.of("cell.10.", "cell.1."));

        float[] spread = groups.spread(scope.create(new float[] {5, 7}), 1).toFloatArray();

        float[] expected = new float[layout.size()];
        for (ParameterLayout.Leaf leaf : layout.leaves()) {
            for (int i = 0; i < leaf.size(); i++) {
                expected[leaf.offset() + i] =
                        leaf.name().startsWith("cell.10.") ? 5 : leaf.name().startsWith("cell.1.") ? 7 : 1;
            }
        }
        assertThat(spread).containsExactly(expected);
    }

    @Test
    void shouldLeaveNothingBehind() {
        LeafGroups groups = new LeafGroups(scope, layout, List.of("cell.1."));
        try (NDManager inner = scope.newSubManager()) {
            NDArray vector = Torch.into(inner, vector());
            int before = Handles.heldBy(inner);

            groups.sums(vector).close();
            groups.spread(Scalars.of(inner, 3, vector.getDataType()), 0).close();

            assertThat(Handles.heldBy(inner)).isEqualTo(before + 1);
        }
    }

    @Test
    void shouldRefuseAGroupWithoutWeights() {
        assertThatThrownBy(() -> new LeafGroups(scope, layout, List.of("cell.1.", "cell.2.")))
                .hasMessage("there is no parameter 'cell.2....'");
    }

    private NDArray vector() {
        float[] values = new float[layout.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 1;
        }
        return Copy.toDevice(scope, values, new Shape(values.length));
    }

    /** Of the places, counted from 1, of some leaves. */
    private float sum(String... names) {
        float sum = 0;
        for (ParameterLayout.Leaf leaf : layout.leaves()) {
            if (List.of(names).contains(leaf.name())) {
                for (int i = 0; i < leaf.size(); i++) {
                    sum += leaf.offset() + i + 1;
                }
            }
        }
        return sum;
    }
}
