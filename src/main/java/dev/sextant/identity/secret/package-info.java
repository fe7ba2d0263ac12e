/**
 * Texts that are shown once and let their holder in: invitations, codes, refresh tokens, browser sessions. Only their hashes
 * are kept.
 */
package dev.sextant.identity.secret;
