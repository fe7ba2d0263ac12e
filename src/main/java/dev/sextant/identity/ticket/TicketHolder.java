package dev.sextant.identity.ticket;

import dev.sextant.identity.key.CallerStands;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whom a ticket stands for; {@code scopes} are sorted.
 *
 * @param datasets sorted; null for all
 */
public record TicketHolder(
        String tenant,
        String actor,
        List<String> scopes,
        @Nullable List<String> datasets,
        String policy) {

    public TicketHolder {
        scopes = List.copyOf(scopes);
        datasets = datasets == null ? null : List.copyOf(datasets);
    }

    static TicketHolder of(Principal principal) {
        String[] datasets = principal.reach().array();
        return new TicketHolder(
                principal.tenant().value(),
                principal.actor(),
                principal.scopes().stream().sorted().toList(),
                datasets == null ? null : List.of(datasets),
                principal.policy().value());
    }

    public Principal principal() {
        return new Principal(
                new TenantId(tenant), actor, Set.copyOf(scopes), Reach.of(datasets), new PolicyFingerprint(policy));
    }

    /** What is left of a principal that a ticket stood for, with no more than its key has by now. */
    public static Principal narrowed(Principal holder, CallerStands now) {
        Set<String> scopes =
                holder.scopes().stream().filter(now.scopes()::contains).collect(Collectors.toSet());
        return new Principal(holder.tenant(), holder.actor(), scopes, Reach.of(now.datasets()), holder.policy());
    }
}
