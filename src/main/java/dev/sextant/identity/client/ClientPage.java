package dev.sextant.identity.client;

import dev.sextant.kernel.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param nextCursor null on the last page */
record ClientPage(List<OauthClient> data, @Nullable String nextCursor, boolean hasMore) {

    ClientPage {
        data = List.copyOf(data);
    }

    /** @param clients up to one more than {@code limit}, which says whether there is more */
    static ClientPage of(List<OauthClient> clients, int limit) {
        boolean hasMore = clients.size() > limit;
        List<OauthClient> page = hasMore ? clients.subList(0, limit) : clients;
        return new ClientPage(page, hasMore ? new Cursor(page.getLast().id()).text() : null, hasMore);
    }
}
