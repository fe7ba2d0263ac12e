package dev.sextant.http;

/**
 * What a call used, told by its operation while it runs, and read when its answer is written. On the request's event loop
 * only.
 */
public final class Usage {

    private long costUnits;
    private long events;
    private String resource = "";

    /** Adds cost units, as the answer's {@code meta} tells them. */
    public void cost(long units) {
        costUnits += units;
    }

    /** Adds events that were taken in. */
    public void events(long accepted) {
        events += accepted;
    }

    /** Names what was read or changed, such as {@code dataset/edits}: at most 200 characters. */
    public void resource(String name) {
        resource = name;
    }

    public long costUnits() {
        return costUnits;
    }

    public long events() {
        return events;
    }

    /** Empty where nothing was named. */
    public String resource() {
        return resource;
    }
}
