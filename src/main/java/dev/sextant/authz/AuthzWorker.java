package dev.sextant.authz;

import dev.sextant.authz.policy.BuiltInRoles;
import dev.sextant.authz.policy.PolicyDocument;
import dev.sextant.authz.policy.Rules;
import dev.sextant.authz.policy.Scope;
import dev.sextant.bus.Bus;
import dev.sextant.datasets.Dataset;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.KeyBounds;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Keeps roles and policies. Nobody gives more than they have, and whoever is kept from something changes no rules. */
final class AuthzWorker extends VerticleBase {

    private final Bus bus;
    private final TenantDb db;
    private final KeyBounds bounds;
    private final DatasetCatalog catalog;
    private final AuthzConfig config;

    AuthzWorker(Bus bus, AuthzFeature.Ground ground, AuthzConfig config) {
        this.bus = bus;
        this.db = ground.db();
        this.bounds = ground.bounds();
        this.catalog = ground.catalog();
        this.config = config;
    }

    @Override
    public Future<?> start() {
        return Future.all(List.of(
                bus.answer(AuthzAddresses.LIST_ROLES, (_, origin) -> listRoles(origin)),
                bus.answer(AuthzAddresses.GET_ROLE, this::getRole),
                bus.answer(AuthzAddresses.PUT_ROLE, this::putRole),
                bus.answer(AuthzAddresses.DELETE_ROLE, this::deleteRole),
                bus.answer(AuthzAddresses.LIST_POLICIES, (_, origin) -> listPolicies(origin)),
                bus.answer(AuthzAddresses.GET_POLICY, this::getPolicy),
                bus.answer(AuthzAddresses.PUT_POLICY, this::putPolicy),
                bus.answer(AuthzAddresses.DELETE_POLICY, this::deletePolicy)));
    }

    private Future<RoleList> listRoles(Origin origin) {
        return db.inTransaction(origin.tenant(), RoleStore::all)
                .map(own ->
                        new RoleList(Stream.concat(BuiltInRoles.all().stream().map(Role::builtIn), own.stream())
                                .toList()));
    }

    private Future<Role> getRole(GetRole question, Origin origin) {
        return listRoles(origin)
                .map(all -> RoleStore.named(all.data(), question.name()).orElseThrow(AuthzWorker::noRole));
    }

    private Future<Role> putRole(PutRole question, Origin origin) {
        return requireWhole(origin.principal()).compose(_ -> {
            requireOwn(question.name());
            requireGivable(origin.principal(), question.text().scopes());
            return inTurn(
                    origin,
                    connection -> Standing.read(connection)
                            .compose(standing -> put(connection, question, standing, origin.tenant())));
        });
    }

    private Future<Role> put(SqlConnection connection, PutRole question, Standing standing, TenantId tenant) {
        var present = RoleStore.named(standing.roles(), question.name());
        question.preconditions().require(present.map(Role::version).orElse(null));
        if (present.isEmpty() && standing.roles().size() >= config.rolesMax()) {
            throw tooMany("authz.roles_max", config.rolesMax(), "A tenant may have %d roles of its own; delete some.");
        }
        return RoleStore.put(connection, tenant, question.name(), question.text())
                .compose(
                        role -> requireCarried(connection, List.of(role.name())).map(role));
    }

    private Future<Role> deleteRole(DeleteRole question, Origin origin) {
        return requireWhole(origin.principal()).compose(_ -> {
            requireOwn(question.name());
            return inTurn(
                    origin,
                    connection -> RoleStore.all(connection)
                            .compose(roles -> delete(connection, question, roles, origin.tenant())));
        });
    }

    private static Future<Role> delete(
            SqlConnection connection, DeleteRole question, List<Role> roles, TenantId tenant) {
        Role present = RoleStore.named(roles, question.name()).orElseThrow(AuthzWorker::noRole);
        question.preconditions().require(present.version());
        return RoleStore.delete(connection, tenant, question.name()).map(present);
    }

    private Future<PolicyList> listPolicies(Origin origin) {
        return db.inTransaction(origin.tenant(), PolicyStore::all)
                .map(all -> new PolicyList(
                        all.stream().map(PolicyStore.Kept::report).toList()));
    }

    private Future<PolicyReport> getPolicy(GetPolicy question, Origin origin) {
        return db.inTransaction(origin.tenant(), PolicyStore::all)
                .map(all -> PolicyStore.named(all, question.id()).orElseThrow(AuthzWorker::noPolicy));
    }

    private Future<PolicyReport> putPolicy(PutPolicy question, Origin origin) {
        return requireWholeOrOwner(origin.principal())
                .compose(_ -> catalog.all(origin.principal()))
                .map(datasets -> fitting(question.document(), datasets))
                .compose(_ -> inTurn(
                        origin,
                        connection -> Standing.read(connection)
                                .compose(standing -> put(connection, question, standing, origin))));
    }

    private static PolicyDocument fitting(PolicyDocument document, List<Dataset> datasets) {
        new PolicyFit(document, datasets).check();
        return document;
    }

    private Future<PolicyReport> put(SqlConnection connection, PutPolicy question, Standing standing, Origin origin) {
        requireMayBind(origin.principal(), question.document());
        var present = PolicyStore.named(standing.policies(), question.id());
        present.ifPresent(policy -> requireMayBind(origin.principal(), policy.document()));
        question.preconditions().require(present.map(PolicyReport::version).orElse(null));
        if (present.isEmpty() && standing.policies().size() >= config.policiesMax()) {
            throw tooMany("authz.policies_max", config.policiesMax(), "A tenant may have %d policies; delete some.");
        }
        List<String> roles = question.document().roles();
        for (int i = 0; i < roles.size(); i++) {
            if (!standing.hasRole(roles.get(i))) {
                throw PolicyFit.refused("/roles/" + i, "There is no role '%s'.".formatted(roles.get(i)));
            }
        }
        return PolicyStore.put(connection, origin.tenant(), question.id(), question.document())
                .compose(policy -> requireCarried(connection, roles).map(policy));
    }

    /** What each role comes to must be short enough to be carried by whoever has it. */
    private static Future<Void> requireCarried(SqlConnection connection, List<String> roles) {
        return Standing.read(connection).map(standing -> {
            for (String role : roles) {
                int bytes = standing.authority(List.of(role)).policyBytes();
                if (bytes > Policy.BYTES_MAX) {
                    throw new ProblemException(new Problem.LimitExceeded(
                            "authz.policy_bytes_max",
                            Policy.BYTES_MAX,
                            "The rules of the role '%s' would have %d bytes together; they may have %d."
                                    .formatted(role, bytes, Policy.BYTES_MAX)));
                }
            }
            return null;
        });
    }

    private Future<PolicyReport> deletePolicy(DeletePolicy question, Origin origin) {
        return requireWholeOrOwner(origin.principal())
                .compose(_ -> inTurn(
                        origin,
                        connection -> PolicyStore.all(connection)
                                .compose(policies -> delete(connection, question, policies, origin))));
    }

    private static Future<PolicyReport> delete(
            SqlConnection connection, DeletePolicy question, List<PolicyStore.Kept> policies, Origin origin) {
        PolicyReport present = PolicyStore.named(policies, question.id()).orElseThrow(AuthzWorker::noPolicy);
        requireMayBind(origin.principal(), present.document());
        question.preconditions().require(present.version());
        return PolicyStore.delete(connection, origin.tenant(), question.id()).map(present);
    }

    private <T> Future<T> inTurn(Origin origin, Function<SqlConnection, Future<T>> work) {
        return db.inTransaction(
                origin,
                connection -> RoleStore.takeTurn(connection, origin.tenant()).compose(_ -> work.apply(connection)));
    }

    /** Owners may always take back what binds them. */
    private Future<Void> requireWholeOrOwner(Principal who) {
        return require(
                who,
                who.policy().equals(Policy.SEES_ALL) || Rules.of(who.policy()).has(BuiltInRoles.OWNER));
    }

    private Future<Void> requireWhole(Principal who) {
        return require(who, who.policy().equals(Policy.SEES_ALL));
    }

    private Future<Void> require(Principal who, boolean isWhole) {
        return bounds.of(who).map(found -> {
            if (!isWhole || who.reach().isLimited() || found.bindsPlaceOrHolder()) {
                throw new ProblemException(
                        new Problem.PolicyDenied(
                                "Something is kept back from you: only those who may do and see all, from anywhere and without a certificate, change roles and policies."));
            }
            return null;
        });
    }

    /** Whoever could not give the role of owners binds no owner, and frees none. */
    private static void requireMayBind(Principal who, PolicyDocument document) {
        if (!document.roles().contains(BuiltInRoles.OWNER)
                || who.scopes().contains(Scope.PLATFORM_CROSS_TENANT.text())) {
            return;
        }
        Scope.ofTenants().stream()
                .sorted()
                .filter(scope -> !who.scopes().contains(scope))
                .findFirst()
                .ifPresent(scope -> {
                    throw new ProblemException(new Problem.InsufficientScope(
                            scope,
                            "Policies that name the role 'owner' are for those who may do what an owner may; you lack '%s'."
                                    .formatted(scope)));
                });
    }

    private static void requireOwn(String name) {
        if (BuiltInRoles.find(name).isPresent()) {
            throw new ProblemException(new Problem.PolicyDenied(
                    "Every tenant has the role '%s' as it is: make one of another name.".formatted(name)));
        }
    }

    private static void requireGivable(Principal who, List<String> scopes) {
        for (String scope : scopes) {
            boolean isOfTenants = Scope.ofTenants().contains(scope);
            if (!isOfTenants
                    || !(who.scopes().contains(scope) || who.scopes().contains(Scope.PLATFORM_CROSS_TENANT.text()))) {
                throw new ProblemException(new Problem.InsufficientScope(
                        scope, "A role can have only scopes that you have; yours lack '%s'.".formatted(scope)));
            }
        }
    }

    private static ProblemException tooMany(String limit, int max, String detail) {
        return new ProblemException(new Problem.LimitExceeded(limit, max, detail.formatted(max)));
    }

    private static ProblemException noRole() {
        return new ProblemException(new Problem.NotFound("There is no such role; GET /api/v2/admin/roles lists them."));
    }

    private static ProblemException noPolicy() {
        return new ProblemException(
                new Problem.NotFound("There is no such policy; GET /api/v2/admin/policies lists them."));
    }
}
