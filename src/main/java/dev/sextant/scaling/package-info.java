/**
 * A tenant's part of the platform: how many of its queries run at once, how much of the machine's time they and its events get
 * beside others, and how many sockets it may have.
 *
 * <p>The way through the room: {@code ScaleTenantOperation} asks {@code ScaleVerticle}, which holds the wish against the {@code
 * Capacity} in a {@code ScalePlan}, keeps it in {@code ScaleStore} and records the change. {@code Parts} hears of changes made on
 * any node and hands them to the engine.
 */
package dev.sextant.scaling;
