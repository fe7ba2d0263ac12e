package dev.sextant.demo.shop;

import java.time.LocalDate;

/**
 * What makes one generated shop differ from another.
 *
 * @param sessionsPerDay on average over a year
 */
public record ShopSize(long seed, int sessionsPerDay) {

    int sessions(LocalDate day) {
        return (int) Math.round(sessionsPerDay * ShopTraffic.share(seed, day));
    }
}
