package dev.sextant.query.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads into which stretches numbers are put. */
final class BinsReader {

    static final int EDGES_MAX = 200;

    /** Up to here, doubles tell whole numbers apart. */
    private static final double NUMBER_MAX = 1L << 53;

    private BinsReader() {}

    /** Null, and refused, where it is not as asked. */
    static @Nullable Bins read(Place place) {
        if (!place.isObjectOf(Set.of("width", "origin", "edges"))) {
            return null;
        }
        if (place.has("width") == place.has("edges")) {
            place.refuse("needs either width (and origin), or edges");
            return null;
        }
        return place.has("width") ? ofWidth(place) : between(place);
    }

    private static @Nullable Bins ofWidth(Place place) {
        Double width = number(place.member("width"));
        Double origin = place.has("origin") ? number(place.member("origin")) : Double.valueOf(0);
        if (width == null || origin == null) {
            return null;
        }
        if (width <= 0) {
            place.member("width").refuse("must be above 0");
            return null;
        }
        return Bins.ofWidth(width, origin);
    }

    private static @Nullable Bins between(Place place) {
        if (place.has("origin")) {
            place.member("origin").refuse("belongs to a width: edges say themselves where they are");
        }
        List<Double> edges = new ArrayList<>();
        for (Place at : place.list("edges", EDGES_MAX)) {
            Double edge = number(at);
            if (edge == null) {
                return null;
            }
            if (!edges.isEmpty() && edge <= edges.getLast()) {
                at.refuse("must be above the edge before it");
                return null;
            }
            edges.add(edge);
        }
        if (edges.isEmpty()) {
            place.member("edges").refuse("needs at least one edge");
            return null;
        }
        return Bins.between(edges);
    }

    private static @Nullable Double number(Place place) {
        double number = place.value().doubleValue();
        if (!place.value().isNumber() || Math.abs(number) > NUMBER_MAX) {
            place.refuse("must be a number within ±2^53");
            return null;
        }
        return number == 0 ? 0.0 : number;
    }
}
