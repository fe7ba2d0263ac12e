package dev.sextant.http;

import io.vertx.core.Future;
import java.util.List;

/**
 * Stands before the operations: refuses a call, answers it itself, or passes it on and changes what comes back. It sees
 * calls whose caller, scopes, parameters and body are checked already. On the event loop; it must not block.
 */
public interface Guard {

    /** Whoever lies behind this guard: the next one, or the operation. */
    @FunctionalInterface
    interface Next {
        Future<Reply> handle(Call call);
    }

    Future<Reply> pass(Call call, Next next);

    /** The operation behind all guards, the first of them first. */
    static Next chain(List<Guard> guards, Operation operation) {
        Next next = operation::handle;
        for (Guard guard : guards.reversed()) {
            Next behind = next;
            next = call -> guard.pass(call, behind);
        }
        return next;
    }
}
