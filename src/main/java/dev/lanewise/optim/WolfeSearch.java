package dev.lanewise.optim;

import dev.lanewise.optim.LBFGS.Point;
import java.util.function.DoubleFunction;

/**
 * Searches along a line for a point where the strong Wolfe conditions hold: the loss is low enough and its slope flat
 * enough. Brackets such a point, then narrows the bracket by cubic interpolation. Source: Nocedal and Wright, Numerical
 * Optimization, algorithms 3.5 and 3.6.
 */
final class WolfeSearch {
    private static final double DECREASE = 1e-4;
    private static final double FLATNESS = 0.9;
    private static final int MOST_STEPS = 25;

    private final DoubleFunction<Point> line;
    private final double toleranceChange;
    private int evaluations;
    private Point start;
    private boolean wasNearEdge;

    WolfeSearch(DoubleFunction<Point> line, double toleranceChange) {
        this.line = line;
        this.toleranceChange = toleranceChange;
    }

    /** How often the loss was computed. */
    int evaluations() {
        return evaluations;
    }

    /** The point found; {@code longest} is the largest element of the direction. */
    Point run(double first, Point from, double longest) {
        start = from;
        Point former = from;
        Point current = evaluate(first);
        for (int step = 0; step < MOST_STEPS; step++) {
            if (isTooHigh(current) || step > 0 && current.loss() >= former.loss()) {
                return narrow(former, current, longest, step);
            }
            if (isFlat(current)) {
                return current;
            }
            if (current.slope() >= 0) {
                return narrow(former, current, longest, step);
            }
            double low = current.at() + 0.01 * (current.at() - former.at());
            double next = cubic(former, current, low, current.at() * 10);
            former = current;
            current = evaluate(next);
        }
        return narrow(start, current, longest, MOST_STEPS);
    }

    private Point evaluate(double at) {
        evaluations++;
        return line.apply(at);
    }

    private boolean isTooHigh(Point point) {
        return point.loss() > start.loss() + DECREASE * point.at() * start.slope();
    }

    private boolean isFlat(Point point) {
        return Math.abs(point.slope()) <= -FLATNESS * start.slope();
    }

    /** Narrows a bracket until its lower point satisfies the conditions or it cannot get smaller. */
    private Point narrow(Point a, Point b, double longest, int stepsBefore) {
        Point low = a.loss() <= b.loss() ? a : b;
        Point high = low == a ? b : a;
        for (int step = stepsBefore; step < MOST_STEPS; step++) {
            double width = Math.abs(high.at() - low.at());
            if (width * longest < toleranceChange) {
                break;
            }
            Point next = evaluate(inside(low, high));
            if (isTooHigh(next) || next.loss() >= low.loss()) {
                high = next;
                if (high.loss() < low.loss()) {
                    Point swapped = low;
                    low = high;
                    high = swapped;
                }
                continue;
            }
            if (isFlat(next)) {
                return next;
            }
            if (next.slope() * (high.at() - low.at()) >= 0) {
                high = low;
            }
            low = next;
        }
        return low;
    }

    /** A place in the bracket, kept away from its ends where two places in a row came near them. */
    private double inside(Point low, Point high) {
        double from = Math.min(low.at(), high.at());
        double to = Math.max(low.at(), high.at());
        Point left = low.at() <= high.at() ? low : high;
        Point right = left == low ? high : low;
        double at = cubic(left, right, from, to);
        double margin = 0.1 * (to - from);
        if (Math.min(to - at, at - from) < margin) {
            if (wasNearEdge || at >= to || at <= from) {
                at = Math.abs(at - to) < Math.abs(at - from) ? to - margin : from + margin;
                wasNearEdge = false;
            } else {
                wasNearEdge = true;
            }
        } else {
            wasNearEdge = false;
        }
        return at;
    }

    /** The minimum between two bounds of the cubic through two points with their slopes. */
    private static double cubic(Point a, Point b, double low, double high) {
        Point left = a.at() <= b.at() ? a : b;
        Point right = left == a ? b : a;
        double d1 = left.slope() + right.slope() - 3 * (left.loss() - right.loss()) / (left.at() - right.at());
        double square = d1 * d1 - left.slope() * right.slope();
        if (!(square >= 0)) {
            return (low + high) / 2;
        }
        double d2 = Math.sqrt(square);
        double at = right.at()
                - (right.at() - left.at()) * ((right.slope() + d2 - d1) / (right.slope() - left.slope() + 2 * d2));
        return Math.min(Math.max(at, low), high);
    }
}
