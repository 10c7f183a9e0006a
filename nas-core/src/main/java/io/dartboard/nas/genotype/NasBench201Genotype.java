package io.dartboard.nas.genotype;

import io.dartboard.nas.provenance.Digests;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.Primitive;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A discrete cell of NAS-Bench-201: an operation, which may be {@code none}, on every edge between its four states. Its text
 * is the authors', by which their table knows it: {@code |op~0|+|op~0|op~1|+|op~0|op~1|op~2|}.
 *
 * <p>Source: Dong and Yang, <i>NAS-Bench-201</i> (arXiv 2001.00326), section 2.1.
 *
 * @param operations of the edges {@code 1<-0, 2<-0, 2<-1, 3<-0, 3<-1, 3<-2}
 */
public record NasBench201Genotype(List<Primitive> operations) implements ConvolutionalArchitecture {
    private static final NasBench201Space SPACE = NasBench201Space.PUBLISHED;

    /** The edge from the first node to the second: where it is {@code none}, their names can be exchanged. */
    private static final int BETWEEN_FIRST_TWO = 2;

    /** For each edge the one that takes its place when the first two nodes are exchanged. */
    private static final int[] EXCHANGED = {1, 0, 2, 3, 5, 4};

    public NasBench201Genotype {
        operations = List.copyOf(operations);
        if (operations.size() != SPACE.edgeCount()) {
            throw new IllegalArgumentException(
                    "a cell of NAS-Bench-201 has an operation on each of its %d edges (had %d)"
                            .formatted(SPACE.edgeCount(), operations.size()));
        }
        for (Primitive operation : operations) {
            if (!SPACE.candidates().contains(operation)) {
                throw new IllegalArgumentException("operation '%s' is none of NAS-Bench-201, which has %s"
                        .formatted(operation, SPACE.candidates()));
            }
        }
    }

    /** The operation of an edge. */
    public Primitive on(Edge edge) {
        return operations.get(edge.index());
    }

    /** How many edges apply an operation. */
    public int count(Primitive op) {
        return (int) operations.stream().filter(each -> each.equals(op)).count();
    }

    /** Every size of {@link NasBench201Space#requireCells}; the residual blocks stand where reductions do. */
    @Override
    public NetworkShape stacked(NetworkShape asked) {
        return SPACE.require(asked);
    }

    /**
     * The lesser of the two texts of a cell whose first two nodes can be exchanged, because no edge leads from one to the other.
     * What {@code none} and {@code skip_connect} make superfluous is not taken into account: to do so by texts, as the authors'
     * {@code to_unique_str} does, holds cells for equal that share the weights of a convolution and cells that do not.
     */
    @Override
    public NasBench201Genotype canonical() {
        if (!operations.get(BETWEEN_FIRST_TWO).equals(Primitive.NONE)) {
            return this;
        }
        NasBench201Genotype other = exchanged();
        return other.toString().compareTo(toString()) < 0 ? other : this;
    }

    /** With its first two nodes exchanged, which is the same cell where no edge leads from one to the other. */
    private NasBench201Genotype exchanged() {
        return new NasBench201Genotype(IntStream.range(0, operations.size())
                .mapToObj(edge -> operations.get(EXCHANGED[edge]))
                .toList());
    }

    @Override
    public String hash() {
        return Digests.sha256(canonical().toString());
    }

    /** Edges whose operation has to be changed; before nodes are exchanged, and after, the edge between them is {@code none}. */
    @Override
    public int distance(Architecture other) {
        if (!(other instanceof NasBench201Genotype that)) {
            throw new IllegalArgumentException("a cell of NAS-Bench-201 has no distance to " + other);
        }
        return Math.min(edits(that), exchanged().editsByWayOfNone(that));
    }

    private int edits(NasBench201Genotype that) {
        return (int) IntStream.range(0, operations.size())
                .filter(edge -> !operations.get(edge).equals(that.operations.get(edge)))
                .count();
    }

    private int editsByWayOfNone(NasBench201Genotype that) {
        Primitive here = operations.get(BETWEEN_FIRST_TWO);
        Primitive there = that.operations.get(BETWEEN_FIRST_TWO);
        int direct = here.equals(there) ? 0 : 1;
        int byNone = (here.equals(Primitive.NONE) ? 0 : 1) + (there.equals(Primitive.NONE) ? 0 : 1);
        return edits(that) - direct + byNone;
    }

    @Override
    public Map<String, List<KeptOperation>> kept() {
        return Map.of(
                CellKind.NORMAL.publishedName(),
                SPACE.cell().edges().stream()
                        .map(edge -> new KeptOperation(edge.node(), edge.from(), operations.get(edge.index())))
                        .toList());
    }

    @Override
    public String text() {
        return CellText.draw(this);
    }

    @Override
    public String svg(String title, String caption) {
        return CellSvg.draw(this, title, caption);
    }

    /** The random cell of a seed, all 15,625 equally likely; equal seeds give equal cells, on every machine. */
    public static NasBench201Genotype ofSeed(long seed) {
        return draw(new RandomStreams(seed).stream("random-cell"));
    }

    /** Draws a cell; equal sequences of the generator give equal cells. */
    public static NasBench201Genotype draw(RandomGenerator random) {
        return new NasBench201Genotype(IntStream.range(0, SPACE.edgeCount())
                .mapToObj(edge -> SPACE.candidates().get(random.nextInt(SPACE.candidateCount())))
                .toList());
    }

    /** Whether a text is meant as such a cell, be it right or wrong. */
    public static boolean hasForm(String text) {
        return NasBench201Parser.hasForm(text);
    }

    /**
     * Reads the authors' text form, alone, in quotes, or as their programs print it: {@code Structure(4 nodes with |…|)}.
     *
     * @throws GenotypeSyntaxException if it is none; the message says where and what was expected
     */
    public static NasBench201Genotype parse(String text) {
        return new NasBench201Parser(text).genotype();
    }

    /** The authors' text form, exactly as their programs print it and their table has it. */
    @Override
    public String toString() {
        return IntStream.range(0, SPACE.cell().nodes())
                .mapToObj(node -> SPACE.cell().edgesOf(node).stream()
                        .map(edge -> on(edge) + "~" + edge.from())
                        .collect(Collectors.joining("|", "|", "|")))
                .collect(Collectors.joining("+"));
    }
}
