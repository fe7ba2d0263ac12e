package dev.sextant.identity.session;

import dev.sextant.http.ContentPolicy;
import dev.sextant.http.Reply;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/**
 * A page, complete: plain HTML with a few styles of its own, and no scripts.
 *
 * @param formTarget where its form, or the redirect that answers it, may lead; empty for nowhere but here
 */
record Page(int status, String title, String body, String formTarget) {

    @SuppressWarnings("InlineFormatString") // A page is longer than a method should be.
    private static final String FRAME = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s</title>
            <style nonce="%2$s">
            body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; background: #f4f5f7; color: #1c2330; }
            main { max-width: 24rem; margin: 8vh auto; padding: 2rem; background: #fff; border: 1px solid #c9ced6; border-radius: .5rem; }
            h1 { font-size: 1.35rem; margin: 0 0 1rem; }
            label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
            input { width: 100%%; box-sizing: border-box; font: inherit; padding: .6rem; border: 1px solid #5c6675; border-radius: .3rem; }
            button, a.button { display: block; width: 100%%; box-sizing: border-box; margin-top: 1rem; padding: .65rem; font: inherit;
              text-align: center; text-decoration: none; border: 1px solid #14457c; border-radius: .3rem; background: #14457c; color: #fff; cursor: pointer; }
            button.second, a.button { background: #fff; color: #14457c; }
            [role=alert] { margin: 0 0 1rem; padding: .6rem .8rem; border-left: .3rem solid #a11b1b; background: #fbeaea; }
            :focus-visible { outline: 3px solid #e09f1f; outline-offset: 2px; }
            </style>
            </head>
            <body>
            <main>
            %3$s
            </main>
            </body>
            </html>
            """;

    /** @param nonce of characters of base64url; another one each time */
    Reply reply(String nonce, Map<String, String> further) {
        Map<String, String> headers = new HashMap<>(further);
        headers.put("content-type", "text/html; charset=utf-8");
        headers.put("cache-control", "no-store");
        headers.put("content-security-policy", policy(nonce));
        headers.put("x-content-type-options", "nosniff");
        headers.put("x-frame-options", "DENY");
        headers.put("referrer-policy", "no-referrer");
        Buffer html = Buffer.buffer(FRAME.formatted(Html.escaped(title), nonce, body));
        return new Reply.Encoded(status, headers, html);
    }

    private String policy(String nonce) {
        return "default-src 'none'; style-src 'nonce-%s'; form-action 'self'%s; base-uri 'none'; frame-ancestors 'none';"
                        .formatted(nonce, formTarget.isEmpty() ? "" : " " + formTarget)
                + " report-uri " + ContentPolicy.REPORT_PATH;
    }
}
