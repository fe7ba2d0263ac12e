/**
 * PostgreSQL and Redis, as the rooms above may use them.
 *
 * <p>{@code Postgres.open} migrates the schema and hands out one typed handle per database role: {@code TenantDb} for
 * the work of one tenant, {@code PlatformDb} for work across tenants, {@code CredentialDb} for looking up a key.
 * {@code Changes} numbers what was changed, in the transaction of the change; {@code ChangeFeed} tells every node.
 * {@code Jobs} runs what is due later. {@code RedisStore} keeps what may be lost.
 *
 * <p>A part that is away fails at once, as {@code Problem.Unavailable}; everything reconnects by itself.
 */
package dev.sextant.store;
