package io.dartboard.nas.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    private final Safetensors file = new Safetensors(tensors(), Map.of("what", "a \"test\" …"));

    private static Map<String, HostTensor> tensors() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.put("floats", HostTensor.of(new float[] {1, -2.5f, Float.MIN_VALUE, 0}, 2, 2));
        tensors.put("doubles", HostTensor.of(new double[] {Math.PI}, 1));
        tensors.put("longs", HostTensor.of(new long[] {Long.MIN_VALUE, 7}, 2));
        tensors.put("empty", HostTensor.of(new float[0], 0));
        tensors.put("scalar", HostTensor.of(new float[] {3}));
        return tensors;
    }

    @Test
    void shouldReadWhatItWrote() {
        Safetensors read = Safetensors.read(file.toBytes());

        assertThat(read).isEqualTo(file);
        assertThat(read.tensor("floats").floats()).containsExactly(1, -2.5f, Float.MIN_VALUE, 0);
        assertThat(read.tensor("doubles").doubles()).containsExactly(Math.PI);
        assertThat(read.tensor("longs").longs()).containsExactly(Long.MIN_VALUE, 7);
        assertThat(read.fact("what")).isEqualTo("a \"test\" …");
        assertThat(read.toBytes()).isEqualTo(file.toBytes());
    }

    @Test
    void shouldRefuseEveryTruncation() {
        byte[] bytes = file.toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Safetensors.read(part)).isInstanceOf(InvalidSafetensorsException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1] | the header is not a JSON object",
                "{x} | the header is not JSON",
                "{\"__metadata__\":{\"a\":1}} | fact 'a' is not a string",
                "{\"t\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}} | tensor 't' has type 'F16'",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | of shape [3] needs 12 bytes",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | an impossible shape",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | starts at byte 4, but byte 0",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | the file has 8 after its header",
                "{\"t\":{\"dtype\":\"F32\"}} | needs a shape and two offsets"
            })
    void shouldSayWhatIsWrongWithAHeader(String header, String message) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ByteBuffer.allocate(16 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();

        assertThatThrownBy(() -> Safetensors.read(bytes))
                .isInstanceOf(InvalidSafetensorsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldNameWhatIsMissing() {
        assertThatThrownBy(() -> file.tensor("alpha")).hasMessage("the file has no tensor 'alpha'");
        assertThatThrownBy(() -> file.fact("epoch")).hasMessage("the file has no fact 'epoch'");
        assertThatThrownBy(() -> file.tensor("longs").floats()).hasMessageContaining("floats were expected");
    }
}
