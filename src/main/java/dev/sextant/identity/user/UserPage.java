package dev.sextant.identity.user;

import dev.sextant.kernel.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param nextCursor null on the last page */
record UserPage(List<User> data, @Nullable String nextCursor, boolean hasMore) {

    UserPage {
        data = List.copyOf(data);
    }

    /** @param users up to one more than {@code limit}, which says whether there is more */
    static UserPage of(List<User> users, int limit) {
        boolean hasMore = users.size() > limit;
        List<User> page = hasMore ? users.subList(0, limit) : users;
        return new UserPage(page, hasMore ? new Cursor(page.getLast().id()).text() : null, hasMore);
    }
}
