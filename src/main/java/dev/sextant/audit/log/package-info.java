/**
 * The audit log of each tenant: records that nobody can change unnoticed.
 *
 * <p>An {@code AuditRecord} becomes a {@code Leaf}: the hash of what is not personal, and of what is, salted, so that the
 * latter can be erased. {@code LogAppend} gives leaves their places in the tenant's tree (RFC 9162) within the transaction
 * that stores them ({@code LogStore}), under the lock of the tenant's row; {@code Peaks} is all it must know of the tree to go
 * on. {@code Subtrees} makes roots and proofs from stored hashes, {@code TreeHeads} signs roots, {@code LogCheck} finds what
 * was changed, {@code LogExport} gives all of it away, and {@code OfflineCheck} needs nothing but that file.
 */
package dev.sextant.audit.log;
