package dev.sextant.demo.shop;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Values, some more likely than others. */
final class Choice<T> {

    private final List<T> values;
    private final double[] upTo;

    private Choice(List<T> values, double[] upTo) {
        this.values = values;
        this.upTo = upTo;
    }

    /** @param weight of a value against the others; 0 for never */
    static <T> Choice<T> of(List<T> values, ToDoubleFunction<T> weight) {
        double[] upTo = new double[values.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += weight.applyAsDouble(values.get(i));
            upTo[i] = sum;
        }
        return new Choice<>(List.copyOf(values), upTo);
    }

    T pick(Dice dice) {
        double point = dice.share() * upTo[upTo.length - 1];
        int i = 0;
        while (upTo[i] <= point) {
            i++;
        }
        return values.get(i);
    }
}
