package dev.sextant.tenants;

import dev.sextant.bus.Address;

/** What may be asked about tenants. Whoever asks answers for the caller's right to it. */
public final class TenantsAddresses {

    public static final Address<CreateTenant, Tenant> CREATE =
            new Address<>("tenants.create.v1", CreateTenant.class, Tenant.class);
    public static final Address<ListTenants, TenantPage> LIST =
            new Address<>("tenants.list.v1", ListTenants.class, TenantPage.class);

    static final Address<GetTenant, Tenant> GET = new Address<>("tenants.get.v1", GetTenant.class, Tenant.class);
    static final Address<UpdateTenant, Tenant> UPDATE =
            new Address<>("tenants.update.v1", UpdateTenant.class, Tenant.class);

    /** The answer is the tenant as it was last: suspended, with its time of purge. */
    static final Address<DeleteTenant, Tenant> DELETE =
            new Address<>("tenants.delete.v1", DeleteTenant.class, Tenant.class);

    private TenantsAddresses() {}
}
