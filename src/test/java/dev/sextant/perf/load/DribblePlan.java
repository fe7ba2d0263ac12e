package dev.sextant.perf.load;

/**
 * Connections that are held by sending a byte now and then. Every other one never ends the head of its request, the rest
 * never end a body. One that the server closes is opened again.
 *
 * @param connections spread evenly over {@code addresses} of loopback, 127.0.1.1 and on, so that none has many
 * @param everyMillis how often each sends a byte
 */
public record DribblePlan(int port, int connections, int addresses, int everyMillis, int seconds) {}
