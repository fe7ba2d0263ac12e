package dev.sextant.contract;

import dev.sextant.edge.ResponseValidator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;

/**
 * Calls a node with one credential, and holds every response against the contract.
 *
 * @param credential as it follows {@code Bearer}; empty for none
 */
record Caller(WebClient client, ResponseValidator contract, int port, String credential) {

    Caller as(String other) {
        return new Caller(client, contract, port, other);
    }

    /** @param path with its query */
    HttpRequest<Buffer> request(HttpMethod method, String path) {
        HttpRequest<Buffer> request = client.request(method, port, "127.0.0.1", path);
        return credential.isEmpty() ? request : request.bearerTokenAuthentication(credential);
    }

    HttpResponse<Buffer> send(HttpRequest<Buffer> request, Buffer body) {
        HttpResponse<Buffer> response = request.sendBuffer(body).await();
        String path = request.uri().split("\\?", 2)[0];
        contract.check(request.method(), path, response);
        if (response.statusCode() < 300
                && "application/json".equals(request.headers().get("content-type"))
                && body.length() > 0) {
            contract.checkTaken(request.method(), path, body);
        }
        return response;
    }

    HttpResponse<Buffer> get(String path) {
        return send(request(HttpMethod.GET, path), Buffer.buffer());
    }

    HttpResponse<Buffer> delete(String path) {
        return send(request(HttpMethod.DELETE, path), Buffer.buffer());
    }

    HttpResponse<Buffer> post(String path, String json) {
        return send(json(HttpMethod.POST, path), Buffer.buffer(json));
    }

    HttpResponse<Buffer> put(String path, String json) {
        return send(json(HttpMethod.PUT, path), Buffer.buffer(json));
    }

    HttpResponse<Buffer> patch(String path, String json) {
        return send(json(HttpMethod.PATCH, path), Buffer.buffer(json));
    }

    HttpRequest<Buffer> json(HttpMethod method, String path) {
        return request(method, path).putHeader("content-type", "application/json");
    }
}
