package dev.sextant.authz;

import java.util.List;

record PolicyList(List<PolicyReport> data) {
    PolicyList {
        data = List.copyOf(data);
    }
}
