package dev.sextant.scaling;

import dev.sextant.bus.Address;

final class ScalingAddresses {

    static final Address<ScaleTenant, ScaleReport> SCALE =
            new Address<>("scaling.scale.v1", ScaleTenant.class, ScaleReport.class);
    static final Address<RollBackScale, ScaleReport> ROLL_BACK =
            new Address<>("scaling.roll_back.v1", RollBackScale.class, ScaleReport.class);

    private ScalingAddresses() {}
}
