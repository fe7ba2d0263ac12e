/**
 * API keys: made, listed, ended, and read when somebody shows one.
 *
 * <p>The way through the room: an operation (event loop) asks at {@code KeyAddresses}; {@code KeysVerticle} checks what
 * the caller may grant ({@code Grant}, pure), has {@code KeyText} make the text, and {@code KeyStore} keep its hash.
 * Whoever proves credentials asks {@code KeyReader}, which knows of a key only what its prefix leads to.
 */
package dev.sextant.identity.key;
