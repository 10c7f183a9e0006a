package io.dartboard.search.order;

import io.dartboard.events.OrderPolicy;
import io.dartboard.search.request.DevicePrice;
import java.util.stream.DoubleStream;

/** What the runs of an order may cost in a calendar month, in device seconds: money is so much of their time. */
final class MonthBudget {
    private MonthBudget() {}

    /** The tighter of what a policy says in device seconds and in money; 0 for no limit. */
    static double of(OrderPolicy policy, DevicePrice price) {
        return DoubleStream.of(policy.getDeviceSecondsPerMonth(), price.deviceSeconds(policy.getMoneyPerMonth()))
                .filter(seconds -> seconds > 0)
                .min()
                .orElse(0);
    }
}
