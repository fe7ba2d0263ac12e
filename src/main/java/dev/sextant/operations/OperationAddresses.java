package dev.sextant.operations;

import dev.sextant.bus.Address;
import dev.sextant.bus.Topic;

final class OperationAddresses {

    static final Address<SubmitQuery, Submitted> SUBMIT =
            new Address<>("operations.submit.v2", SubmitQuery.class, Submitted.class);
    static final Address<GetOperation, OperationReport> GET =
            new Address<>("operations.get.v1", GetOperation.class, OperationReport.class);
    static final Address<AwaitOperation, OperationReport> AWAIT =
            new Address<>("operations.await.v1", AwaitOperation.class, OperationReport.class);
    static final Address<ListOperations, OperationList> LIST =
            new Address<>("operations.list.v1", ListOperations.class, OperationList.class);
    static final Address<CancelOperation, OperationReport> CANCEL =
            new Address<>("operations.cancel.v1", CancelOperation.class, OperationReport.class);
    static final Address<FetchResult, Outcome> FETCH =
            new Address<>("operations.fetch.v1", FetchResult.class, Outcome.class);

    static final Topic<OperationCancelled> CANCELLED = new Topic<>("operations.cancelled.v1", OperationCancelled.class);

    private OperationAddresses() {}
}
