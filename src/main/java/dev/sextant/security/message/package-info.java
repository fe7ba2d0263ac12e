/**
 * Messages that are signed (RFC 9421, with digests of RFC 9530) and encrypted (JWE, RFC 7516).
 *
 * <p>The way of a request: {@code TenantMessages} looks what its tenant and its headers want; mostly nothing. Else a {@code
 * SecureExchange} checks the digest and the signature ({@code RequestVerifier}, {@code Nonces} against replay), and decrypts
 * the body ({@code BodyCipher}); the answer goes the other way through {@code BodyCipher} and {@code ResponseSigner}. What is
 * signed is put together by {@code SignatureBase} of {@code Components}; {@code MessageKeys} holds our own keys for bodies.
 */
package dev.sextant.security.message;
