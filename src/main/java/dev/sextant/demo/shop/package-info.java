/**
 * A shop that does not exist, and all that happens in it. Pure: a seed and a day say everything.
 *
 * <p>The way through the room: for each visit of a day {@code ShopGenerator} finds out who comes ({@code ShopCustomers}),
 * when ({@code ShopTraffic}), from where ({@code ShopPlaces}) and by what ({@code Channel}); a {@code Shopper} or a
 * {@code CardTester} goes through it, and {@code ShopVisit} writes that down as {@code ShopEvent}s. {@code ShopStream}
 * puts the days' events in one order.
 */
package dev.sextant.demo.shop;
