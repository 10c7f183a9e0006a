package io.dartboard.bench;

/** Which hypergradient a search step takes. */
enum Order {
    FIRST("first order"),
    SECOND("second order");

    final String title;

    Order(String title) {
        this.title = title;
    }
}
