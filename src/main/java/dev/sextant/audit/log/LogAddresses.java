package dev.sextant.audit.log;

import dev.sextant.bus.Address;

/** What may be asked of the log of a tenant, which is that of the origin. */
public final class LogAddresses {

    static final Address<ListAuditEvents, AuditEventList> LIST =
            new Address<>("audit.list-events.v1", ListAuditEvents.class, AuditEventList.class);
    public static final Address<GetTreeHead, SignedHead> HEAD =
            new Address<>("audit.get-tree-head.v1", GetTreeHead.class, SignedHead.class);
    static final Address<ProveInclusion, InclusionProof> INCLUSION =
            new Address<>("audit.prove-inclusion.v1", ProveInclusion.class, InclusionProof.class);
    static final Address<ProveConsistency, ConsistencyProof> CONSISTENCY =
            new Address<>("audit.prove-consistency.v1", ProveConsistency.class, ConsistencyProof.class);
    static final Address<CheckLog, LogReport> CHECK =
            new Address<>("audit.check-log.v1", CheckLog.class, LogReport.class);
    static final Address<EraseLog, ErasedParts> ERASE =
            new Address<>("audit.erase-log.v1", EraseLog.class, ErasedParts.class);

    /** On the same node only: what flows is handed over by reference. */
    static final Address<ExportLog, LogFile> EXPORT =
            new Address<>("audit.export-log.v1", ExportLog.class, LogFile.class);

    private LogAddresses() {}
}
