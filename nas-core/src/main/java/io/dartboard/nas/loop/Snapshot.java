package io.dartboard.nas.loop;

import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.InvalidSafetensorsException;
import io.dartboard.nas.tensor.Safetensors;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All there is to know about a run between two steps. Randomness is a pure function of (seed, purpose, epoch, step), so
 * the position stands for the state of every random stream.
 *
 * @param epoch epoch of the next step, from 0
 * @param step next step within that epoch, from 0
 * @param globalStep steps done since the start of the run
 * @param content weights, alphas, optimiser state and accumulated sums by name, with facts as strings
 */
public record Snapshot(int epoch, int step, long globalStep, Safetensors content) {
    private static final String EPOCH = "dartboard.epoch";
    private static final String STEP = "dartboard.step";
    private static final String GLOBAL_STEP = "dartboard.globalStep";

    public Snapshot {
        if (epoch < 0 || step < 0 || globalStep < 0) {
            throw new IllegalArgumentException("a snapshot's position must not be negative (was epoch %d, step %d, %d)"
                    .formatted(epoch, step, globalStep));
        }
    }

    /** The content as a safetensors file, the position among its facts. */
    public byte[] bytes() {
        Map<String, String> facts = new TreeMap<>(content.facts());
        facts.put(EPOCH, Integer.toString(epoch));
        facts.put(STEP, Integer.toString(step));
        facts.put(GLOBAL_STEP, Long.toString(globalStep));
        return new Safetensors(content.tensors(), facts).toBytes();
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws InvalidSafetensorsException if it is not a whole safetensors file with a position
     */
    public static Snapshot of(byte[] bytes) {
        Safetensors file = Safetensors.read(bytes);
        Map<String, String> facts = new TreeMap<>(file.facts());
        long epoch = number(file, EPOCH);
        long step = number(file, STEP);
        long globalStep = number(file, GLOBAL_STEP);
        facts.keySet().removeAll(List.of(EPOCH, STEP, GLOBAL_STEP));
        return new Snapshot(
                Math.toIntExact(epoch), Math.toIntExact(step), globalStep, new Safetensors(file.tensors(), facts));
    }

    /**
     * A tensor that must be there.
     *
     * @throws InvalidSafetensorsException if it is not
     */
    public HostTensor tensor(String name) {
        return content.tensor(name);
    }

    private static long number(Safetensors file, String fact) {
        try {
            return Long.parseLong(file.fact(fact));
        } catch (NumberFormatException e) {
            throw new InvalidSafetensorsException(
                    "fact '%s' is not a number (was '%s')".formatted(fact, file.fact(fact)));
        }
    }
}
