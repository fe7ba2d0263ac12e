/**
 * What a tenant wants beyond what all have: which web pages may read its answers, which messages are signed and encrypted.
 *
 * <p>The way through the room: the operations ask {@code SettingsVerticle}, which reads and writes by {@code SettingsStore} and
 * checks keys by {@code PublicKeys}. {@code SettingsBook} holds the settings of all tenants that have some, and hears of each
 * change within milliseconds; whoever asks it waits for nothing.
 */
package dev.sextant.security.settings;
