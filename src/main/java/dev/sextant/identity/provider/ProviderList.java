package dev.sextant.identity.provider;

import java.util.List;

public record ProviderList(List<IdentityProvider> data) {

    public ProviderList {
        data = List.copyOf(data);
    }
}
