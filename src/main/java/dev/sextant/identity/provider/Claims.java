package dev.sextant.identity.provider;

import java.util.ArrayList;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.util.SortedSet;
import dev.sextant.kernel.Texts;
import java.util.TreeSet;

/** What a provider's word means here. Pure. */
final class Claims {

    private final JsonNode claims;
    private final IdentityProvider provider;

    Claims(JsonNode claims, IdentityProvider provider) {
        this.claims = claims;
        this.provider = provider;
    }

    /** @throws ProblemException {@code PolicyDenied} where that is not good enough to come in */
    Vouched vouched() {
        String email = claims.path("email").asText("").strip().toLowerCase(Locale.ROOT);
        boolean isVerified = claims.path("email_verified").asBoolean(false);
        boolean isDenied = claims.has("email_verified") && !isVerified;
        if (email.isEmpty() || isDenied || !Texts.areStorable(email) || email.length() > 254) {
            throw denied("The identity provider tells no mail address of yours that it has verified.");
        }
        boolean isNamedDomain = provider.allowedDomains().contains(domain(email));
        if (!provider.allowedDomains().isEmpty() && !(isNamedDomain && isVerified)) {
            throw denied("Mail addresses of your domain may not sign in this way.");
        }
        List<String> roles = roles();
        if (roles.isEmpty()) {
            throw denied("You have no role here; ask whoever runs your tenant.");
        }
        return new Vouched(
                provider.issuer(), claims.path("sub").asText(), email, name(email), roles, isNamedDomain && isVerified);
    }

    private static String domain(String email) {
        return email.substring(email.lastIndexOf('@') + 1);
    }

    private String name(String email) {
        String name = claims.path("name").asText("").strip();
        boolean isGood = !name.isEmpty() && name.length() <= 200 && Texts.areStorable(name);
        return isGood ? name : email;
    }

    /** Sorted; those that everybody has, and those that the claim maps to. */
    private List<String> roles() {
        SortedSet<String> roles = new TreeSet<>(provider.defaultRoles());
        JsonNode claim = claims;
        for (String step : provider.rolesClaim().split("\\.", -1)) {
            claim = claim.path(step);
        }
        values(claim).forEach(value -> {
            String role = provider.roleMapping().get(value);
            if (role != null) {
                roles.add(role);
            }
        });
        return List.copyOf(roles);
    }

    private static List<String> values(JsonNode claim) {
        if (claim.isTextual()) {
            return List.of(claim.textValue());
        }
        List<String> values = new ArrayList<>();
        claim.forEach(value -> values.add(value.asText()));
        return List.copyOf(values);
    }

    private static ProblemException denied(String why) {
        return new ProblemException(new Problem.PolicyDenied(why));
    }
}
