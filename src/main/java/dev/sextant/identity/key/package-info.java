/**
 * API keys: made, listed, changed, given other texts, ended, and read when somebody shows one.
 *
 * <p>The way through the room: an operation (event loop) asks at {@code KeyAddresses}; {@code KeysVerticle} checks what
 * the caller may grant ({@code Grant}, pure), has {@code KeyText} make the text, {@code KeyStore} keep the key and
 * {@code KeyTexts} the hash. Whoever proves credentials asks {@code KeyProver}, which knows of a key only what the prefix of
 * one of its texts leads to, and when it ends ({@code KeyEnd}, pure). {@code LastUses} gathers when keys are used.
 */
package dev.sextant.identity.key;
