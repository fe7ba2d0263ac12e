package dev.sextant.identity.session;

import java.util.stream.Collectors;
import java.util.List;
import java.util.Map;
import java.net.URI;

/** The pages that users see. Pure. */
final class Pages {

    private static final Map<String, String> SCOPE_TO_MEANING = Map.ofEntries(
            Map.entry("analytics:read", "ask questions about your data"),
            Map.entry("datasets:read", "see which data there is"),
            Map.entry("datasets:write", "change how data is described"),
            Map.entry("events:write", "send events"),
            Map.entry("events:delete", "delete events"),
            Map.entry("keys:read", "see API keys"),
            Map.entry("keys:write", "make and revoke API keys"),
            Map.entry("users:read", "see who the users are"),
            Map.entry("users:write", "invite, change and delete users"),
            Map.entry("sign_in:read", "see how users sign in"),
            Map.entry("sign_in:write", "change how users sign in"),
            Map.entry("roles:read", "see roles and policies"),
            Map.entry("roles:write", "change roles and policies"));

    /** A button that leads to a provider. */
    record External(String href, String name) {}

    private Pages() {}

    /** @param alert what went wrong before; empty for nothing */
    static Page signIn(AuthorizationRequest request, String csrf, List<External> external, String alert, int status) {
        String body = """
                <h1>Sign in to %s</h1>
                %s<form method="post" action="%s">
                <input type="hidden" name="csrf" value="%s">
                <label for="email">Mail address</label>
                <input id="email" name="email" type="email" autocomplete="username" required maxlength="254">
                <label for="password">Password</label>
                <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200">
                <button type="submit">Sign in</button>
                </form>
                %s""".formatted(
                        Html.escaped(request.client().name()),
                        alert(alert),
                        Html.escaped(request.at("/oauth/sign-in")),
                        Html.escaped(csrf),
                        external.stream().map(Pages::button).collect(Collectors.joining("\n")));
        return new Page(status, "Sign in", body, "");
    }

    private static String button(External external) {
        return "<a class=\"button\" href=\"%s\">Sign in with %s</a>"
                .formatted(Html.escaped(external.href()), Html.escaped(external.name()));
    }

    static Page consent(AuthorizationRequest request, List<String> scopes, String email, String csrf) {
        String body = """
                <h1>Let %s act for you?</h1>
                <p>You are signed in as <strong>%s</strong>. It would be allowed to:</p>
                <ul>
                %s
                </ul>
                <form method="post" action="%s">
                <input type="hidden" name="csrf" value="%s">
                <button type="submit" name="decision" value="allow">Allow</button>
                <button type="submit" name="decision" value="deny" class="second">Deny</button>
                <button type="submit" name="decision" value="sign_out" class="second">Sign in as somebody else</button>
                </form>""".formatted(
                        Html.escaped(request.client().name()),
                        Html.escaped(email),
                        scopes.stream()
                                .map(scope -> "<li>" + Html.escaped(SCOPE_TO_MEANING.getOrDefault(scope, scope)) + "</li>")
                                .collect(Collectors.joining("\n")),
                        Html.escaped(request.at("/oauth/consent")),
                        Html.escaped(csrf));
        return new Page(
                200, "Allow access", body, origin(request.query().redirectUri()));
    }

    static Page problem(int status, String what) {
        return new Page(status, "This does not work", "<h1>This does not work</h1>\n" + alert(what), "");
    }

    private static String alert(String text) {
        return text.isEmpty() ? "" : "<p role=\"alert\">" + Html.escaped(text) + "</p>\n";
    }

    /** As a content security policy names it. Its characters are those of a registered URI, so that nothing can break out. */
    private static String origin(String redirectUri) {
        URI uri = URI.create(redirectUri);
        return uri.getRawAuthority() == null || !uri.getScheme().startsWith("http")
                ? uri.getScheme() + ":"
                : uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
