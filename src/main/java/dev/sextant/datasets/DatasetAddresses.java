package dev.sextant.datasets;

import dev.sextant.bus.Address;

/** What may be asked of datasets. */
public final class DatasetAddresses {

    public static final Address<CreateDataset, DatasetReport> CREATE =
            new Address<>("datasets.create.v1", CreateDataset.class, DatasetReport.class);
    static final Address<ListDatasets, DatasetList> LIST =
            new Address<>("datasets.list.v1", ListDatasets.class, DatasetList.class);
    public static final Address<GetDataset, DatasetReport> GET =
            new Address<>("datasets.get.v1", GetDataset.class, DatasetReport.class);
    static final Address<UpdateDataset, DatasetReport> UPDATE =
            new Address<>("datasets.update.v1", UpdateDataset.class, DatasetReport.class);
    static final Address<InferModel, ModelReport> INFER =
            new Address<>("datasets.infer.v1", InferModel.class, ModelReport.class);

    private DatasetAddresses() {}
}
