/**
 * Is the server up, and what does it lack.
 *
 * <p>The way through the room: {@code GetReadinessOperation} asks {@code HealthVerticle}, which asks each part that the
 * server needs, all at once, and answers with a {@code HealthReport}. {@code Readiness} is switched off when the server
 * is about to stop.
 */
package dev.sextant.health;
