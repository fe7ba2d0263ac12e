package dev.sextant.edge;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/**
 * Lets pass what may be a path of the contract as it is spelled: without empty segments, and without dots that lead elsewhere.
 * The router would understand the others all the same, and whoever reads addresses before or after it another thing.
 */
final class PlainPath implements Handler<RoutingContext> {

    private static final Pattern DOT = Pattern.compile("%2e", Pattern.CASE_INSENSITIVE);
    private static final Pattern ODD = Pattern.compile("//|/\\.{1,2}(/|$)|./$");

    @Override
    public void handle(RoutingContext context) {
        if (isPlain(context.request().path())) {
            context.next();
        } else {
            context.fail(new ProblemException(new Problem.NotFound("No operation of the contract has this path.")));
        }
    }

    static boolean isPlain(String path) {
        boolean mayBeOdd = path.contains("//") || path.contains("/.") || path.contains("%2") || path.endsWith("/");
        return !mayBeOdd || !ODD.matcher(DOT.matcher(path).replaceAll(".")).find();
    }
}
