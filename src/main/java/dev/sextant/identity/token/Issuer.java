package dev.sextant.identity.token;

/**
 * How this installation names itself to clients: in each token's {@code iss}, and as the address under which they find its
 * endpoints. Any thread.
 */
public final class Issuer {

    private final boolean isConfigured;
    private volatile String url;

    /** @param configured a URL, or empty for the address that the server turns out to listen at */
    public Issuer(String configured) {
        this.isConfigured = !configured.isEmpty();
        this.url = isConfigured ? configured : "http://127.0.0.1";
    }

    /** Tells where the server listens; before the first caller. */
    public void listensAt(String baseUrl) {
        if (!isConfigured) {
            url = baseUrl;
        }
    }

    /** Without a slash at its end. */
    public String url() {
        return url;
    }

    /** Whether callers come by HTTPS, here or at a proxy before. */
    public boolean isSecure() {
        return url.startsWith("https:");
    }
}
