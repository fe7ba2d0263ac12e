package dev.sextant.authz;

import dev.sextant.authz.policy.Authority;
import dev.sextant.authz.policy.BuiltInRoles;
import dev.sextant.authz.policy.RoleDefinition;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** All roles and policies of a tenant as they stand. */
record Standing(List<Role> roles, List<PolicyStore.Kept> policies) {

    static Future<Standing> read(SqlConnection connection) {
        return RoleStore.all(connection)
                .compose(roles -> PolicyStore.all(connection).map(policies -> new Standing(roles, policies)));
    }

    boolean hasRole(String name) {
        return BuiltInRoles.find(name).isPresent()
                || RoleStore.named(roles, name).isPresent();
    }

    /** What the roles come to, all of them together. */
    Authority authority(List<String> names) {
        List<RoleDefinition> wanted = Stream.concat(
                        BuiltInRoles.all().stream(), roles.stream().map(Role::definition))
                .filter(role -> names.contains(role.name()))
                .toList();
        return Authority.of(
                wanted,
                policies.stream()
                        .filter(policy ->
                                !Collections.disjoint(policy.report().document().roles(), names))
                        .map(PolicyStore.Kept::stored)
                        .toList());
    }
}
