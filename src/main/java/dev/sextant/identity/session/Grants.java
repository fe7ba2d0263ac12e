package dev.sextant.identity.session;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import dev.sextant.http.Reply;
import dev.sextant.identity.user.User;
import dev.sextant.identity.session.Visits.Visit;

/** What a user can let a client do: what it asks for, as far as they may do it themselves. */
final class Grants {

    private Grants() {}

    static Future<List<String>> givable(Visits visits, Visit visit, User user) {
        return visits.parts()
                .authorities()
                .of(visit.tenant(), user.roles())
                .map(authority -> visit.request().scopes().stream()
                        .filter(authority.scopes()::contains)
                        .toList());
    }

    /** The user may do nothing of what is asked. */
    static Reply nothing(Visits visits, Visit visit) {
        String location = visits.answer(visit.request().query())
                .error("invalid_scope", "the user may do nothing of what the client asks for");
        return Visits.onward(location, Map.of());
    }
}
