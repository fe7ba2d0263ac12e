package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.stream.Collectors;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.net.URLEncoder;

/**
 * A browser without a screen: it keeps its cookie, reads the form of a page and sends it, and follows no redirects by itself.
 * Every response is held against the contract.
 */
final class Browser {

    private static final Pattern ACTION = Pattern.compile("<form method=\"post\" action=\"([^\"]+)\">");
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final Caller caller;
    private String cookie = "";

    Browser(Service service) {
        this.caller = service.anonymous();
    }

    String cookie() {
        return cookie;
    }

    /** As if somebody had planted it. */
    void plant(String other) {
        cookie = other;
    }

    HttpResponse<Buffer> get(String path) {
        return send(caller.request(HttpMethod.GET, path), Buffer.buffer());
    }

    /** Sends the form of that page, with these fields beside the hidden one. */
    HttpResponse<Buffer> submit(HttpResponse<Buffer> page, Map<String, String> fields) {
        Map<String, String> all = new TreeMap<>(fields);
        all.putIfAbsent("csrf", found(CSRF, page));
        return post(action(page), all);
    }

    HttpResponse<Buffer> post(String path, Map<String, String> fields) {
        HttpRequest<Buffer> request = caller.request(HttpMethod.POST, path)
                .putHeader("content-type", "application/x-www-form-urlencoded");
        return send(request, Buffer.buffer(form(fields)));
    }

    static String action(HttpResponse<Buffer> page) {
        return found(ACTION, page).replace("&amp;", "&");
    }

    static String csrf(HttpResponse<Buffer> page) {
        return found(CSRF, page);
    }

    private HttpResponse<Buffer> send(HttpRequest<Buffer> request, Buffer body) {
        request.followRedirects(false);
        if (!cookie.isEmpty()) {
            request.putHeader("cookie", cookie);
        }
        HttpResponse<Buffer> response = caller.send(request, body);
        String set = response.getHeader("set-cookie");
        if (set != null) {
            cookie = set.split(";", 2)[0];
        }
        return response;
    }

    private static String found(Pattern pattern, HttpResponse<Buffer> page) {
        Matcher matcher = pattern.matcher(page.bodyAsString());
        assertThat(matcher.find()).as("a form in %s", page.bodyAsString()).isTrue();
        return matcher.group(1);
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
