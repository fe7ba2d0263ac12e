/**
 * The roof: puts the rooms together and starts them.
 *
 * <p>The way through the room: {@code Main} reads the command line, {@code Start} the configuration; {@code Server} opens the
 * data folder, starts what stands beside it ({@code Surroundings}), puts the {@code Rooms} together and opens the
 * {@code Node}. Stopping goes the same way back.
 */
package dev.sextant.launch;
