package dev.sextant.edge.defence;

import dev.sextant.http.AddressRange;
import dev.sextant.http.Authenticator;
import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.util.List;
import java.util.OptionalLong;

/**
 * Another authenticator, which is not even asked by those who are banned, and whose refusals count; for requests and sockets
 * alike.
 */
public final class GuardedAuthenticator implements Authenticator {

    private final Authenticator other;
    private final Bans bans;
    private final List<AddressRange> trusted;

    /** @param trusted proxies: one that does not say for whom it asks is not punished for them all */
    public GuardedAuthenticator(Authenticator other, Bans bans, List<AddressRange> trusted) {
        this.other = other;
        this.bans = bans;
        this.trusted = List.copyOf(trusted);
    }

    /** Besides, fails with {@code AbnormalUsage}. */
    @Override
    public Future<Principal> authenticate(String authorization, ClientAddress client) {
        AddressBlock address = AddressBlock.of(client.high(), client.low());
        Problem refusal = bans.refusal(address, authorization);
        if (refusal != null) {
            return ProblemException.failed(refusal);
        }
        return other.authenticate(authorization, client)
                .map(principal -> welcome(principal, address, authorization))
                .onFailure(failure -> failed(failure, client, authorization));
    }

    private Principal welcome(Principal principal, AddressBlock address, String authorization) {
        bans.worked(address, authorization);
        Problem refusal = bans.refusal(principal.actor());
        if (refusal != null) {
            throw new ProblemException(refusal);
        }
        return principal;
    }

    private void failed(Throwable failure, ClientAddress client, String credential) {
        boolean isRefusal = failure instanceof ProblemException known
                && (known.problem() instanceof Problem.Unauthenticated
                        || known.problem() instanceof Problem.CredentialEnded
                        || known.problem() instanceof Problem.AddressNotAllowed);
        if (isRefusal && !AddressRange.anyContains(trusted, client)) {
            bans.failed(AddressBlock.of(client.high(), client.low()), credential);
        }
    }

    @Override
    public Future<Principal> enter(Principal principal, TenantId tenant) {
        return other.enter(principal, tenant);
    }

    @Override
    public OptionalLong endsAtMillis(String authorization) {
        return other.endsAtMillis(authorization);
    }
}
