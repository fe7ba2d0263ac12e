package dev.sextant.identity.ticket;

import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.TenantId;
import java.util.List;
import java.util.Set;

/** Whom a ticket stands for; {@code scopes} are sorted. */
public record TicketHolder(String tenant, String actor, List<String> scopes, String policy, String credential) {

    public TicketHolder {
        scopes = List.copyOf(scopes);
    }

    static TicketHolder of(Principal principal) {
        return new TicketHolder(
                principal.tenant().value(),
                principal.actor(),
                principal.scopes().stream().sorted().toList(),
                principal.policy().rules(),
                principal.credential());
    }

    public Principal principal() {
        return new Principal(new TenantId(tenant), actor, Set.copyOf(scopes), Policy.of(policy), credential);
    }
}
