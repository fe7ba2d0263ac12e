/**
 * What this node has to put on record, on its own disk first.
 *
 * <p>The way through the room: {@code Journal} appends frames to a {@code Segment}, a file that was filled with zeros before
 * and is mapped into memory: an append is a copy into the page cache, which outlives the process. A thread of the
 * journal's own makes it outlive the machine, ten times a second, and has the next segment ready before it is needed.
 * {@code JournalReader} gives the frames in order, each with its number, and lets go of segments that were read whole.
 */
package dev.sextant.audit.journal;
