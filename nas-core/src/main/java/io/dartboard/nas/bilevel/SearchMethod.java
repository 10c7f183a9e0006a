package io.dartboard.nas.bilevel;

import io.dartboard.nas.provenance.Fingerprint;
import io.dartboard.nas.setting.Settings;
import io.dartboard.nas.tensor.DeviceRelaxation;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A way to search: a published method as a composition of its parts, each of which can be exchanged for itself.
 *
 * @param id stable name that requests, events and job identities carry
 * @param hypergradient how the gradient of the alphas is estimated
 * @param penalty what is added to the loss that the alphas go down
 * @param relaxation how the alphas become the weights of candidates
 * @param given parameters of the parts that are otherwise than the method's own, by name
 */
public record SearchMethod(
        String id,
        Hypergradient hypergradient,
        AlphaPenalty penalty,
        DeviceRelaxation relaxation,
        SortedMap<String, Double> given) {

    public SearchMethod {
        given = Collections.unmodifiableSortedMap(new TreeMap<>(given));
    }

    /** A method without a penalty, relaxed by a softmax. */
    public SearchMethod(String id, Hypergradient hypergradient) {
        this(id, hypergradient, AlphaPenalty.NONE);
    }

    /** A method relaxed by a softmax. */
    public SearchMethod(String id, Hypergradient hypergradient, AlphaPenalty penalty) {
        this(id, hypergradient, penalty, DeviceRelaxation.SOFTMAX);
    }

    /** A method with its own parameters. */
    public SearchMethod(String id, Hypergradient hypergradient, AlphaPenalty penalty, DeviceRelaxation relaxation) {
        this(id, hypergradient, penalty, relaxation, new TreeMap<>());
    }

    /** The parameters of its parts: the broken numbers that their records hold, by the names of the components. */
    public SortedMap<String, Double> parameters() {
        SortedMap<String, Double> parameters = new TreeMap<>();
        Stream.of(hypergradient, penalty, relaxation).forEach(part -> parameters.putAll(parameters(part)));
        return parameters;
    }

    /**
     * The method with other parameters.
     *
     * @param others by name; empty for the method's own
     * @throws IllegalArgumentException if no part has a parameter of that name, or a part refuses the value
     */
    public SearchMethod with(Map<String, Double> others) {
        SortedMap<String, Double> known = parameters();
        for (String name : others.keySet()) {
            if (!known.containsKey(name)) {
                throw new IllegalArgumentException(
                        known.isEmpty()
                                ? "parameters.%s is none of method %s, which has no parameters".formatted(name, id)
                                : "parameters.%s is none of method %s, which has %s"
                                        .formatted(name, id, String.join(", ", known.keySet())));
            }
        }
        SortedMap<String, Double> all = new TreeMap<>(given);
        all.putAll(others);
        return new SearchMethod(id, with(hypergradient, others), with(penalty, others), with(relaxation, others), all);
    }

    /** Settings with what is needed to know this method again. */
    public Fingerprint in(Fingerprint settings) {
        Fingerprint all = settings.with("method", id);
        for (Map.Entry<String, Double> parameter : given.entrySet()) {
            all = all.with("method." + parameter.getKey(), parameter.getValue());
        }
        return all;
    }

    private static SortedMap<String, Double> parameters(Object part) {
        SortedMap<String, Double> parameters = new TreeMap<>();
        if (part instanceof Record settings) {
            Settings.values(settings).forEach((name, value) -> {
                if (value instanceof Double number) {
                    parameters.put(name, number);
                }
            });
        }
        return parameters;
    }

    /** A part of the same class, which is a record wherever it has parameters. */
    @SuppressWarnings("unchecked")
    private static <P> P with(P part, Map<String, Double> others) {
        if (!(part instanceof Record settings)
                || Collections.disjoint(parameters(part).keySet(), others.keySet())) {
            return part;
        }
        Map<String, Object> values = Settings.values(settings);
        values.putAll(others);
        return (P) Settings.bind(settings.getClass(), values::get);
    }
}
