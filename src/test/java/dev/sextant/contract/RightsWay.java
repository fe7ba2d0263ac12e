package dev.sextant.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;

/** Something that would give somebody rights, or make somebody of the caller. */
record RightsWay(HttpMethod method, String path, String body) {

    private static final String KEYS = "/api/v2/api-keys";
    private static final String CLIENTS = "/api/v2/oauth/clients";
    private static final String PROVIDERS = "/api/v2/identity-providers";
    private static final String ADMIN = "/api/v2/admin";

    /** All that there are, at a customer who gets a user, a client, a key, a role and a policy for it. */
    static List<RightsWay> all(Service service, Customer customer) {
        String user = People.USERS + "/" + People.create(customer, "ada@example.com", "viewer");
        String client = CLIENTS + "/"
                + Relying.register(service, customer, "public", "analytics:read")
                        .clientId();
        String free = KEYS + "/"
                + Service.newKey(customer.caller(), customer.tenant(), List.of("analytics:read"))
                        .getString("id");
        String policy = """
                {"name": "n", "effect": "allow", "roles": ["viewer"], "resources": ["dataset/sales"], "actions": ["read"]}""";
        customer.caller().put(ADMIN + "/roles/mine", "{\"scopes\": [], \"grants\": []}");
        customer.caller().put(ADMIN + "/policies/pol_mine", policy);
        return List.of(
                new RightsWay(HttpMethod.POST, People.USERS, """
                        {"email": "x@example.com", "name": "x", "roles": ["viewer"], "password": "a very long secret"}"""),
                new RightsWay(HttpMethod.POST, People.USERS + "/invitations", """
                        {"email": "x@example.com", "roles": ["viewer"]}"""),
                new RightsWay(HttpMethod.PATCH, user, "{\"password\": \"now it is mine to use\"}"),
                new RightsWay(HttpMethod.PATCH, user, "{\"roles\": [\"admin\"]}"),
                new RightsWay(HttpMethod.PATCH, user, "{\"status\": \"suspended\"}"),
                new RightsWay(HttpMethod.DELETE, user, ""),
                new RightsWay(HttpMethod.PUT, PROVIDERS + "/mine", """
                        {"name": "n", "issuer": "https://login.example.com", "client_id": "a", "client_secret": "b",
                         "default_roles": ["viewer"]}"""),
                new RightsWay(HttpMethod.PUT, PROVIDERS + "/mine", """
                        {"name": "n", "issuer": "https://login.example.com", "client_id": "a", "client_secret": "b"}"""),
                new RightsWay(HttpMethod.DELETE, PROVIDERS + "/mine", ""),
                new RightsWay(HttpMethod.POST, CLIENTS, """
                        {"name": "a", "type": "public", "redirect_uris": ["https://a.example.com/"], "scopes": ["analytics:read"]}"""),
                new RightsWay(HttpMethod.DELETE, client, ""),
                new RightsWay(
                        HttpMethod.PUT, ADMIN + "/roles/mine", "{\"scopes\": [\"analytics:read\"], \"grants\": []}"),
                new RightsWay(HttpMethod.DELETE, ADMIN + "/roles/mine", ""),
                new RightsWay(HttpMethod.PUT, ADMIN + "/policies/pol_mine", policy),
                new RightsWay(HttpMethod.DELETE, ADMIN + "/policies/pol_mine", ""),
                new RightsWay(HttpMethod.POST, KEYS, "{\"name\": \"a\", \"scopes\": [\"analytics:read\"]}"),
                new RightsWay(HttpMethod.PATCH, free, "{\"name\": \"mine\"}"),
                new RightsWay(HttpMethod.POST, free + "/rotate", "{\"overlap\": \"1h\"}"),
                new RightsWay(HttpMethod.DELETE, free, ""));
    }

    HttpResponse<Buffer> send(Caller caller) {
        HttpRequest<Buffer> request = body.isEmpty() ? caller.request(method, path) : caller.json(method, path);
        return caller.send(request, Buffer.buffer(body));
    }

    @Override
    public String toString() {
        return method + " " + path + " " + body;
    }
}
