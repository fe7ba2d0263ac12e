/**
 * The servers that standalone mode brings along: a real PostgreSQL and a real Redis, as child processes.
 *
 * <p>{@code DataFolder} locks the folder and keeps its secrets; {@code Children} ends what an earlier server left
 * behind, starts the two, starts them again when they die, and stops them. {@code Binaries} unpacks the programs out
 * of their jars, {@code PostgresCluster} and {@code RedisFiles} write their configuration, {@code PostgresAccess}
 * makes roles and database, {@code Child} keeps one process alive, {@code Confinement} ties it to this one.
 */
package dev.sextant.launch.children;
