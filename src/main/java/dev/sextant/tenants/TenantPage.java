package dev.sextant.tenants;

import dev.sextant.kernel.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of tenants; {@code nextCursor} is null on the last one. */
public record TenantPage(List<Tenant> data, @Nullable String nextCursor, boolean hasMore) {

    public TenantPage {
        data = List.copyOf(data);
    }

    /** @param tenants up to one more than {@code limit}, which says whether there is more */
    static TenantPage of(List<Tenant> tenants, int limit) {
        boolean hasMore = tenants.size() > limit;
        List<Tenant> page = hasMore ? tenants.subList(0, limit) : tenants;
        return new TenantPage(page, hasMore ? new Cursor(page.getLast().id()).text() : null, hasMore);
    }
}
