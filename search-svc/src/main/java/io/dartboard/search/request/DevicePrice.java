package io.dartboard.search.request;

import io.dartboard.events.RunBudget;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.run.Budgets;
import java.time.Duration;
import java.util.Optional;

/**
 * What devices cost.
 *
 * @param perHour of one device, in the money that budgets are in; empty where nobody has said
 */
public record DevicePrice(Optional<Double> perHour) {
    /** Nobody has said. */
    public static final DevicePrice UNKNOWN = new DevicePrice(Optional.empty());

    private static final double HOUR = Duration.ofHours(1).toSeconds();

    public DevicePrice {
        perHour.filter(price -> !(price > 0 && price <= Double.MAX_VALUE)).ifPresent(price -> {
            throw new IllegalArgumentException(
                    "dartboard.price-per-device-hour must be a number above 0 (was %s)".formatted(price));
        });
    }

    /** From the configuration. */
    public static DevicePrice of(PipelineConfig config) {
        return new DevicePrice(config.pricePerDeviceHour());
    }

    /** What so many device seconds cost; 0 where nobody has said. */
    public double of(double deviceSeconds) {
        return perHour.map(price -> deviceSeconds / HOUR * price).orElse(0.0);
    }

    /** How many device seconds so much money is; 0 where nobody has said what they cost. */
    public double deviceSeconds(double money) {
        return perHour.map(price -> money / price * HOUR).orElse(0.0);
    }

    /** Why a run cannot be held to a budget, in one line; empty if it can. */
    public Optional<String> refusal(RunBudget budget) {
        return Budgets.refusal(budget).or(() -> refusal("budget.money", budget.getMoney()));
    }

    /** Why a sum of money says nothing, in one line; empty if it does, or is 0 and sets no limit. */
    public Optional<String> refusal(String field, double money) {
        return money > 0 && perHour.isEmpty()
                ? Optional.of(
                        "%s has no meaning while no price is known: set dartboard.price-per-device-hour of search-svc, or limit device seconds"
                                .formatted(field))
                : Optional.empty();
    }
}
