package dev.sextant.authz;

import dev.sextant.bus.Address;

/** What may be asked of roles and policies. */
final class AuthzAddresses {

    static final Address<ListRoles, RoleList> LIST_ROLES =
            new Address<>("authz.list-roles.v1", ListRoles.class, RoleList.class);
    static final Address<GetRole, Role> GET_ROLE = new Address<>("authz.get-role.v1", GetRole.class, Role.class);
    static final Address<PutRole, Role> PUT_ROLE = new Address<>("authz.put-role.v1", PutRole.class, Role.class);
    static final Address<DeleteRole, Role> DELETE_ROLE =
            new Address<>("authz.delete-role.v1", DeleteRole.class, Role.class);
    static final Address<ListPolicies, PolicyList> LIST_POLICIES =
            new Address<>("authz.list-policies.v1", ListPolicies.class, PolicyList.class);
    static final Address<GetPolicy, PolicyReport> GET_POLICY =
            new Address<>("authz.get-policy.v1", GetPolicy.class, PolicyReport.class);
    static final Address<PutPolicy, PolicyReport> PUT_POLICY =
            new Address<>("authz.put-policy.v1", PutPolicy.class, PolicyReport.class);
    static final Address<DeletePolicy, PolicyReport> DELETE_POLICY =
            new Address<>("authz.delete-policy.v1", DeletePolicy.class, PolicyReport.class);
    static final Address<CheckAccess, AccessReport> CHECK =
            new Address<>("authz.check.v1", CheckAccess.class, AccessReport.class);
    static final Address<ExplainAccess, AccessExplanation> EXPLAIN =
            new Address<>("authz.explain.v1", ExplainAccess.class, AccessExplanation.class);

    private AuthzAddresses() {}
}
