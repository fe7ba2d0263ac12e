/**
 * The engine that lives in this process: DuckDB, one instance and one file for each tenant.
 *
 * <p>{@code DuckDbEngine} puts what is asked into two {@code FairQueue}s, one for reads and one for writes; {@code Crew}s
 * of platform threads take it from there (a native call would pin a virtual one). {@code OpenTenants} lends out the
 * {@code TenantFile}s, opening and closing them. A {@code Reading} runs statements in one snapshot on a
 * {@code ReadConnection}; a {@code Committer} takes all batches that wait for a tenant into one transaction, of which an
 * {@code IdWindow} drops the duplicates. {@code EngineFailure} says what a failure means to the caller.
 */
package dev.sextant.engine.duckdb;
