package io.dartboard.nas.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.dartboard.nas.provenance.RandomStreams;
import org.junit.jupiter.api.Test;

class ScopeTest {
    @Test
    void shouldLeaveNoArrayBehindInTheScopeOfTheParameters() {
        try (NDManager owner = Torch.open(Device.cpu())) {
            ParameterVector weights = vector(owner);
            ChannelConstants constants = new ChannelConstants(owner, DataType.FLOAT32);
            constants.ones(2);
            int before = owner.getManagedArrays().size();
            for (int i = 0; i < 3; i++) {
                try (NDManager scope = owner.newSubManager();
                        Autograd.Mode recording = Autograd.recording()) {
                    Leaves leaves = weights.leaves(scope);
                    NDArray x = scope.ones(new Shape(2, 3, 4, 4));
                    NDArray y = constants.normalize(Conv2d.square(1, 1).apply(x, leaves.get(0)));
                    Autograd.gradient(y.square().sum().add(leaves.get(1).sum()), leaves.vector());
                }
            }

            assertThat(owner.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void shouldRestoreTheGradientModeOfTheThread() {
        JniUtils.setGradMode(true);
        try (Autograd.Mode outer = Autograd.paused()) {
            try (Autograd.Mode inner = Autograd.recording()) {
                assertThat(JniUtils.isGradMode()).isTrue();
            }

            assertThat(JniUtils.isGradMode()).isFalse();
        }
        assertThat(JniUtils.isGradMode()).isTrue();
    }

    @Test
    void shouldDeliverTheGradientOfEveryLeafInOneVector() {
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode recording = Autograd.recording()) {
            ParameterVector weights = vector(scope);
            Leaves leaves = weights.leaves(scope);
            NDArray loss = Scalars.times(leaves.get(0).sum(), 2)
                    .add(leaves.get(1).square().sum());

            float[] gradient = Copy.toHost(Autograd.gradient(loss, leaves.vector()));

            float[] values = weights.toArray();
            for (int i = 0; i < gradient.length; i++) {
                int secondLeaf = weights.layout().leaves().get(1).offset();
                assertThat(gradient[i]).isEqualTo(i < secondLeaf ? 2 : 2 * values[i]);
            }
        }
    }

    @Test
    void shouldRefuseAPrecisionThatCannotBeTrained() {
        try (NDManager scope = Torch.open(Device.cpu())) {
            ParameterLayout layout = vector(scope).layout();

            assertThatThrownBy(() -> new ParameterVector(scope, layout, new float[layout.size()], DataType.BFLOAT16))
                    .hasMessage("parameters must be FLOAT32 or FLOAT64 (was bfloat16)");
        }
    }

    @Test
    void shouldNameTheDevicesItKnows() {
        assertThat(Torch.device("cpu")).isEqualTo(Device.cpu());
        assertThat(Torch.device("gpu1")).isEqualTo(Device.gpu(1));
        assertThatThrownBy(() -> Torch.device("tpu"))
                .hasMessage("device must be cpu, gpu or gpu with a number, as gpu0 (was 'tpu')");
    }

    private static ParameterVector vector(NDManager scope) {
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        builder.kernel("kernel", 2, 3, 3, 3);
        builder.add("bias", new Shape(2), new Initialization.FanIn(27));
        ParameterLayout layout = builder.build();
        return new ParameterVector(scope, layout, layout.initial(new RandomStreams(1).stream("weights")));
    }
}
