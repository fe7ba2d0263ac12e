package dev.sextant.http;

import dev.sextant.kernel.Principal;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a call used, told by its operation while it runs, and read when its answer is written. On the request's event loop
 * only.
 */
public final class Usage {

    private long costUnits;
    private long events;
    private String resource = "";
    private List<String> given = List.of();
    private Consumer<Principal> listener = _ -> {};
    private Consumer<ProblemException> refusals = _ -> {};

    /** Adds cost units, as the answer's {@code meta} tells them. */
    public void cost(long units) {
        costUnits += units;
    }

    /** Adds events that were taken in. */
    public void events(long accepted) {
        events += accepted;
    }

    /**
     * Names what was read or changed, where the path does not: as the path of that thing would, below {@code /api/v2/}, such as
     * {@code datasets/edits}. What is made is named by the {@code location} of its reply.
     */
    public void resource(String name) {
        resource = name;
    }

    /** Tells of a credential that the call's answer gives: what worked for whoever asked is believed of this, too. */
    public void gives(String credential) {
        given = Stream.concat(given.stream(), Stream.of(credential)).toList();
    }

    /** Names the dataset that was read. */
    public void dataset(String name) {
        resource("datasets/" + name);
    }

    /**
     * Tells who calls, where the operation itself finds out: by a credential in its body, or by the first frame of a socket. The
     * call is on record in the log of that tenant then; the last one told counts.
     */
    public void by(Principal proven) {
        listener.accept(proven);
    }

    /** Tells who calls, where all that is known is who, and of which tenant. */
    public void by(TenantId tenant, String actor) {
        by(Principal.named(tenant, actor));
    }

    /** Tells that whoever opened a socket is refused: it is on record as that one's, where that was proven. */
    public void refused(ProblemException refusal) {
        refusals.accept(refusal);
    }

    /** Hears who calls; one listener, which must be quick and not throw. */
    public void onCaller(Consumer<Principal> hearing) {
        listener = hearing;
    }

    /** Hears who is refused; as {@link #onCaller}. */
    public void onRefusal(Consumer<ProblemException> hearing) {
        refusals = hearing;
    }

    /** The credentials that the answer gives. */
    public List<String> given() {
        return given;
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
