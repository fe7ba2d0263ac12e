package dev.sextant.perf.load;

import java.util.List;

/**
 * What is sent.
 *
 * @param keys API keys, taken in turn, in which {@code %N%} stands for the same number as in the body
 * @param bodies taken in turn, in which {@code %N%} stands for a number that is never sent twice
 * @param connections opened before the first request, and kept
 * @param echo what the answer must hold, with the request's number for {@code %N%}; empty where any answer will do
 * @param phases one after the other, over the same connections
 */
public record LoadPlan(
        int port,
        String path,
        List<String> keys,
        List<String> bodies,
        int connections,
        String echo,
        List<Phase> phases) {

    /**
     * Requests that are due at even distances.
     *
     * @param fresh how many of them open a connection of their own, evenly among the others
     */
    public record Phase(String name, int requests, int millis, int fresh) {}
}
