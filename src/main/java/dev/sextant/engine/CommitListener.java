package dev.sextant.engine;

import dev.sextant.kernel.TenantId;

/** Hears of every change of data on this node: after it is on disk, before its sender is answered. Must not block. */
@FunctionalInterface
public interface CommitListener {

    void committed(TenantId tenant, String dataset, DatasetState state);
}
