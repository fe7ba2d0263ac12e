package dev.sextant.rollups;

import dev.sextant.bus.Address;

/** What may be asked of rollups. */
final class RollupAddresses {

    static final Address<CreateRollup, RollupReport> CREATE =
            new Address<>("rollups.create.v1", CreateRollup.class, RollupReport.class);
    static final Address<ListRollups, RollupList> LIST =
            new Address<>("rollups.list.v1", ListRollups.class, RollupList.class);
    static final Address<GetRollup, RollupReport> GET =
            new Address<>("rollups.get.v1", GetRollup.class, RollupReport.class);
    static final Address<DropRollup, DroppedRollup> DROP =
            new Address<>("rollups.drop.v1", DropRollup.class, DroppedRollup.class);

    private RollupAddresses() {}
}
