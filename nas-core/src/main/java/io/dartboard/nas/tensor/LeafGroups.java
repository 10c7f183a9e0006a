package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.tensor.ParameterLayout.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Leaves of a parameter vector by what they belong to. A vector is added up group by group, and one number for each group is
 * laid out over a vector, in a number of operations that follows from how many shapes there are, and not how many leaves.
 */
public final class LeafGroups {
    private static final int NONE = -1;

    /** Leaves of one size that lie one after another. */
    private record Run(int leaves, int size) {
        int values() {
            return leaves * size;
        }
    }

    private final List<Run> runs;
    private final int groups;
    private final NDArray
            leavesOf; // (groups * most leaves of one), places of leaves; one past the last where there are fewer
    private final NDArray groupOf; // (leaves), one past the last for a leaf of no group

    /**
     * Groups the leaves of a layout.
     *
     * @param scope what it keeps on the device lives as long as
     * @param prefixes of the names of each group's leaves, none the beginning of another; a leaf may belong to none
     * @throws IllegalArgumentException if there is no leaf of a prefix
     */
    public LeafGroups(NDManager scope, ParameterLayout layout, List<String> prefixes) {
        List<Leaf> leaves = layout.leaves().stream()
                .sorted(Comparator.comparingInt(Leaf::offset))
                .toList();
        TreeMap<String, Integer> byPrefix = new TreeMap<>();
        for (int group = 0; group < prefixes.size(); group++) {
            byPrefix.put(prefixes.get(group), group);
        }
        long[] groupOfLeaf = new long[leaves.size()];
        List<List<Integer>> members = new ArrayList<>();
        prefixes.forEach(each -> members.add(new ArrayList<>()));
        for (int place = 0; place < groupOfLeaf.length; place++) {
            int group = group(byPrefix, leaves.get(place).name());
            groupOfLeaf[place] = group == NONE ? prefixes.size() : group;
            if (group != NONE) {
                members.get(group).add(place);
            }
        }
        int widest = members.stream().mapToInt(List::size).max().orElse(0);
        long[] places = new long[prefixes.size() * widest];
        Arrays.fill(places, leaves.size());
        for (int group = 0; group < members.size(); group++) {
            List<Integer> own = members.get(group);
            if (own.isEmpty()) {
                throw new IllegalArgumentException("there is no parameter '%s...'".formatted(prefixes.get(group)));
            }
            for (int i = 0; i < own.size(); i++) {
                places[group * widest + i] = own.get(i);
            }
        }
        this.runs = runs(leaves);
        this.groups = prefixes.size();
        this.leavesOf = Copy.toDevice(scope, places);
        this.groupOf = Copy.toDevice(scope, groupOfLeaf);
    }

    private static int group(TreeMap<String, Integer> byPrefix, String name) {
        Map.Entry<String, Integer> nearest = byPrefix.floorEntry(name);
        return nearest != null && name.startsWith(nearest.getKey()) ? nearest.getValue() : NONE;
    }

    private static List<Run> runs(List<Leaf> leaves) {
        List<Run> runs = new ArrayList<>();
        for (Leaf leaf : leaves) {
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).size() == leaf.size()) {
                runs.set(last, new Run(runs.get(last).leaves() + 1, leaf.size()));
            } else {
                runs.add(new Run(1, leaf.size()));
            }
        }
        return List.copyOf(runs);
    }

    /** How many groups there are. */
    public int count() {
        return groups;
    }

    /**
     * What a vector adds up to in each group.
     *
     * @param vector (size)
     * @return (groups), in its scope
     */
    public NDArray sums(NDArray vector) {
        NDManager scope = vector.getManager();
        try (NDManager way = scope.newSubManager()) {
            NDList parts = Splits.of(
                    Autograd.constant(way, vector),
                    runs.stream().mapToLong(Run::values).toArray());
            NDList sums = new NDList();
            for (int i = 0; i < runs.size(); i++) {
                Run run = runs.get(i);
                sums.add(parts.get(i).reshape(run.leaves(), run.size()).sum(new int[] {1}));
            }
            sums.add(way.zeros(new Shape(1), vector.getDataType()));
            NDArray ofLeaves = NDArrays.concat(sums).gather(leavesOf, 0);
            return Torch.into(scope, ofLeaves.reshape(groups, -1).sum(new int[] {1}));
        }
    }

    /**
     * One number for each group in the place of every value of its leaves.
     *
     * @param values (groups)
     * @param elsewhere what stands in leaves of no group
     * @return (size), in the values' scope
     */
    public NDArray spread(NDArray values, double elsewhere) {
        NDManager scope = values.getManager();
        try (NDManager way = scope.newSubManager()) {
            DataType type = values.getDataType();
            NDArray all = NDArrays.concat(new NDList(Autograd.constant(way, values), Scalars.of(way, elsewhere, type)));
            NDList parts = Splits.of(
                    all.gather(groupOf, 0), runs.stream().mapToLong(Run::leaves).toArray());
            NDList spread = new NDList();
            for (int i = 0; i < runs.size(); i++) {
                Run run = runs.get(i);
                spread.add(parts.get(i)
                        .reshape(run.leaves(), 1)
                        .broadcast(run.leaves(), run.size())
                        .reshape(run.values()));
            }
            return Torch.into(scope, NDArrays.concat(spread));
        }
    }
}
