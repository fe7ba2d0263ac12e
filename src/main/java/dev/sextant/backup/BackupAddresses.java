package dev.sextant.backup;

import dev.sextant.bus.Address;

final class BackupAddresses {

    static final Address<MakeBackup, BackupReport> MAKE =
            new Address<>("backup.make.v1", MakeBackup.class, BackupReport.class);

    private BackupAddresses() {}
}
