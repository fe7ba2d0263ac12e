package dev.sextant.authz.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The roles that every tenant has, and cannot change. */
public final class BuiltInRoles {

    private static final Grant EVERYTHING = new Grant(null, List.of("*"), List.of(Action.ANY));
    private static final Set<String> READING = Set.of("analytics:read", "datasets:read");

    /** Who may do all in a tenant. */
    public static final String OWNER = "owner";

    private BuiltInRoles() {}

    /** From the mightiest to the least. */
    public static List<RoleDefinition> all() {
        return List.of(
                new RoleDefinition(OWNER, Scope.ofTenants(), List.of(EVERYTHING)),
                new RoleDefinition("admin", allBut("events:delete"), List.of(EVERYTHING)),
                new RoleDefinition(
                        "analyst",
                        READING,
                        List.of(
                                new Grant(null, List.of("dataset/*"), List.of("read")),
                                new Grant(null, List.of("saved_query/*", "dashboard/*"), List.of(Action.ANY)))),
                new RoleDefinition("viewer", READING, List.of(new Grant(null, List.of("*"), List.of("read")))),
                new RoleDefinition(
                        "ingester",
                        Set.of("events:write"),
                        List.of(new Grant(null, List.of("dataset/*"), List.of("write")))));
    }

    public static Optional<RoleDefinition> find(String name) {
        return all().stream().filter(role -> role.name().equals(name)).findFirst();
    }

    private static Set<String> allBut(String scope) {
        return Scope.ofTenants().stream().filter(other -> !other.equals(scope)).collect(Collectors.toSet());
    }
}
