package io.dartboard.bench;

import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchMethods;
import java.util.Arrays;

/** Which hypergradient a search step takes. */
enum Order {
    FIRST("first order", SearchMethods.DARTS_FIRST_ORDER),
    SECOND("second order", SearchMethods.DARTS_SECOND_ORDER);

    final String title;

    final SearchMethod method;

    Order(String title, SearchMethod method) {
        this.title = title;
        this.method = method;
    }

    /** What a search by a method is called in a table. */
    static String title(String method) {
        return Arrays.stream(values())
                .filter(order -> order.method.id().equals(method))
                .findFirst()
                .map(order -> order.title)
                .orElse(method);
    }
}
