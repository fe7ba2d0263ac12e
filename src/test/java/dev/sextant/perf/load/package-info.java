/**
 * An open-loop load, sent from a process of its own.
 *
 * <p>{@code LoadProcess} starts {@code LoadMain} and hands it a {@code LoadPlan}. There {@code Load} keeps the connections
 * ({@code Clients}), sends each request when it is due, whether or not earlier ones were answered, and {@code Tally} counts
 * from the moment it was due. The {@code LoadReport} comes back as JSON. {@code DribbleMain} does
 * the same with a {@code DribblePlan}: {@code Dribble} holds connections that send a byte now and then.
 */
@NullMarked
package dev.sextant.perf.load;

import org.jspecify.annotations.NullMarked;
