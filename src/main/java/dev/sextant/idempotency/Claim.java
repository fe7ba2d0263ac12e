package dev.sextant.idempotency;

import io.vertx.core.buffer.Buffer;

/** What became of the wish to execute a request under its key. */
sealed interface Claim {

    /** It is to be executed, under this id; maybe not for the first time. */
    record Granted(String id) implements Claim {}

    /**
     * It was executed.
     *
     * @param request SHA-256 of what was asked
     * @param answer closed under the id
     */
    record Done(String id, Buffer request, Buffer answer) implements Claim {}

    /** Somebody is at it. */
    record UnderWay() implements Claim {}

    /** The key stands for another request. */
    record Taken() implements Claim {}
}
