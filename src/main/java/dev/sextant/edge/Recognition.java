package dev.sextant.edge;

import dev.sextant.edge.ContractOperation.Access;
import dev.sextant.edge.defence.AddressBlock;
import dev.sextant.edge.defence.Bans;
import dev.sextant.http.Authenticator;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds out who sends a request for an operation; or refuses, before anything is looked up, who has failed too often. */
final class Recognition {

    private final Access access;
    private final Authenticator authenticator;
    private final Bans bans;

    Recognition(Access access, Authenticator authenticator, Bans bans) {
        this.access = access;
        this.authenticator = authenticator;
        this.bans = bans;
    }

    Future<Principal> of(HttpServerRequest request) {
        String authorization = authorization(request);
        AddressBlock address = address(request);
        Problem refusal = isForAll(request) ? null : bans.refusal(address, authorization);
        if (refusal != null) {
            return ProblemException.failed(refusal);
        }
        boolean isAnonymous = access == Access.PUBLIC || (access == Access.OPTIONAL && authorization.isEmpty());
        return isAnonymous
                ? Future.succeededFuture(Principal.NOBODY)
                : authenticator.authenticate(authorization).map(principal -> welcome(principal, address, authorization));
    }

    /** Lets a caller work for another tenant than its own. */
    Future<Principal> enter(Principal principal, TenantId tenant) {
        return authenticator.enter(principal, tenant);
    }

    /** What may be read without a credential is there for all: it gives away nothing, and health is asked for often. */
    private boolean isForAll(HttpServerRequest request) {
        return access == Access.PUBLIC
                && (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD));
    }

    private Principal welcome(Principal principal, AddressBlock address, String authorization) {
        bans.worked(address, authorization);
        Problem refusal = bans.refusal(principal.actor());
        if (refusal != null) {
            throw new ProblemException(refusal);
        }
        return principal;
    }

    /** To be told of whatever a request failed with. */
    void failed(HttpServerRequest request, @Nullable Principal caller, Throwable failure) {
        Problem problem = failure instanceof ProblemException known ? known.problem() : null;
        switch (problem) {
            case Problem.Unauthenticated _, Problem.CredentialEnded _ ->
                bans.failed(address(request), authorization(request));
            case Problem.NotFound _, Problem.TenantMismatch _ -> {
                if (caller != null && !caller.equals(Principal.NOBODY)) {
                    bans.missed(caller.actor(), request.uri());
                }
            }
            case null, default -> {}
        }
    }

    private static String authorization(HttpServerRequest request) {
        return Objects.requireNonNullElse(request.getHeader("authorization"), "");
    }

    private static AddressBlock address(HttpServerRequest request) {
        String host = request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
        byte[] bytes = host == null ? null : NetUtil.createByteArrayFromIpAddressString(host);
        if (bytes == null) {
            return AddressBlock.of(0, 0);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == Integer.BYTES
                ? AddressBlock.of(0, 0xffff_0000_0000L | Integer.toUnsignedLong(buffer.getInt()))
                : AddressBlock.of(buffer.getLong(), buffer.getLong());
    }
}
