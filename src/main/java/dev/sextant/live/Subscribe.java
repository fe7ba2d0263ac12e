package dev.sextant.live;

import org.jspecify.annotations.Nullable;

/**
 * Asks to be kept up to date.
 *
 * @param hz how many deltas a second are wanted, on average
 * @param resume null for one who knows nothing yet
 */
public record Subscribe(
        LiveQuestion question,
        Seat seat,
        double hz,
        @Nullable Resume resume) {}
