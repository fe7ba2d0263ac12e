package dev.sextant.store;

import dev.sextant.kernel.TenantId;

/**
 * Names a value in Redis. The tenant is part of it, so that no two tenants ever share one.
 *
 * @param name what it is, within the tenant, such as {@code ticket:…}
 */
public record RedisKey(TenantId tenant, String name) {

    String text() {
        return "sextant:" + tenant + ":" + name;
    }
}
