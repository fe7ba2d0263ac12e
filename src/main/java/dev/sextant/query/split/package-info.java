/**
 * Questions are cut into pieces of time, and answers put together. Pure.
 *
 * <p>The way through the room: {@code Split} is the door. It says which pieces a question has ({@code Layout}, whose
 * {@code Borders} no bucket of time crosses), and what is asked of each: measures as {@code Parts} that can be added up.
 * {@code Assembly} makes the answer of the rows of all pieces, as the engine would have: {@code RowFilter},
 * {@code RowOrder}, and a {@code Formula} for each measure.
 */
package dev.sextant.query.split;
