package io.dartboard.nas;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A golden file of tensors, with facts about them in JSON. */
public final class GoldenTensors {
    private final Safetensors file;

    private GoldenTensors(Safetensors file) {
        this.file = file;
    }

    public static GoldenTensors read(String file) {
        try (InputStream stream = GoldenJson.open(file)) {
            return new GoldenTensors(Safetensors.read(stream.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("golden file " + file, e);
        }
    }

    public Set<String> names() {
        return file.tensors().keySet();
    }

    public HostTensor tensor(String name) {
        return file.tensor(name);
    }

    public float[] floats(String name) {
        return tensor(name).floats();
    }

    /** Slice {@code index} of a tensor along its first axis. */
    public float[] floats(String name, int index) {
        float[] all = floats(name);
        int each = all.length / tensor(name).shape().get(0);
        return Arrays.copyOfRange(all, index * each, (index + 1) * each);
    }

    public NDArray array(NDManager scope, String name) {
        HostTensor tensor = tensor(name);
        return Copy.toDevice(
                scope,
                tensor.floats(),
                new Shape(tensor.shape().stream().mapToLong(Integer::longValue).toArray()));
    }

    /** The tensors whose names are a prefix and the name of a leaf, as one vector. */
    public float[] gather(ParameterLayout layout, String prefix) {
        return layout.gather(prefix, file.tensors());
    }

    public Map<String, String> facts() {
        return file.facts();
    }

    public JsonNode json(String fact) {
        try {
            return new ObjectMapper().readTree(file.fact(fact));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(fact, e);
        }
    }

    /** A number among the fact {@code scalars}. */
    public double scalar(String name) {
        return json("scalars").get(name).asDouble();
    }

    /** The names of the weights in the order of the authors. */
    public List<String> parameterOrder() {
        return StreamSupport.stream(json("param_order").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
