package dev.sextant.engine;

/**
 * A batch is on disk: it survives kill -9 and power loss.
 *
 * @param accepted events that are new
 * @param duplicates events whose id was there already, or came twice in the batch; dropped
 * @param dataVersion of the dataset, after the commit that took the batch; 0 where it waits for one on the disk of this node alone
 */
public record Appended(long accepted, long duplicates, long dataVersion) {

    /** Whether it would be lost with this node's disk. */
    public boolean isOnOneNode() {
        return accepted > 0 && dataVersion == 0;
    }
}
