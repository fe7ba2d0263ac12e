package dev.sextant.identity.grant;

/** Asks for what a code is good for. Whatever does not fit uses it up. It prints without its secrets. */
public record RedeemCode(String code, String clientId, String redirectUri, String codeVerifier) {

    @Override
    public String toString() {
        return "RedeemCode[clientId=%s, code=***]".formatted(clientId);
    }
}
