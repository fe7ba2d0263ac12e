package dev.sextant.security.settings;

import dev.sextant.bus.Address;

/** What may be asked about the settings of the caller's tenant. */
final class SettingsAddresses {

    static final Address<GetSettings, SecuritySettings> GET =
            new Address<>("security.settings.get.v1", GetSettings.class, SecuritySettings.class);
    static final Address<ReplaceSettings, SecuritySettings> REPLACE =
            new Address<>("security.settings.replace.v2", ReplaceSettings.class, SecuritySettings.class);

    private SettingsAddresses() {}
}
