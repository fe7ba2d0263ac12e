package dev.sextant.identity.user;

import dev.sextant.bus.Address;

/** What may be asked about the users of a tenant. Ask on the same node: passwords should not travel. */
public final class UserAddresses {

    public static final Address<GetUser, User> GET = new Address<>("identity.get-user.v1", GetUser.class, User.class);

    public static final Address<CheckUser, User> CHECK =
            new Address<>("identity.check-user.v1", CheckUser.class, User.class);

    /** Fails with {@code Unauthenticated} for all that can be wrong, after the same work. */
    public static final Address<SignInUser, User> SIGN_IN =
            new Address<>("identity.sign-in-user.v1", SignInUser.class, User.class);

    /** Fails with {@code PolicyDenied} where that user may not sign in this way. */
    public static final Address<ProvisionUser, User> PROVISION =
            new Address<>("identity.provision-user.v1", ProvisionUser.class, User.class);

    static final Address<CreateUser, User> CREATE =
            new Address<>("identity.create-user.v1", CreateUser.class, User.class);
    static final Address<ListUsers, UserPage> LIST =
            new Address<>("identity.list-users.v1", ListUsers.class, UserPage.class);
    static final Address<UpdateUser, User> UPDATE =
            new Address<>("identity.update-user.v1", UpdateUser.class, User.class);
    static final Address<DeleteUser, DeletedUser> DELETE =
            new Address<>("identity.delete-user.v1", DeleteUser.class, DeletedUser.class);
    static final Address<InviteUser, Invitation> INVITE =
            new Address<>("identity.invite-user.v1", InviteUser.class, Invitation.class);
    static final Address<AcceptInvitation, User> ACCEPT =
            new Address<>("identity.accept-invitation.v1", AcceptInvitation.class, User.class);
    static final Address<HashPassword, HashedPassword> HASH =
            new Address<>("identity.hash-password.v1", HashPassword.class, HashedPassword.class);
    static final Address<CheckPassword, CheckedPassword> CHECK_PASSWORD =
            new Address<>("identity.check-password.v1", CheckPassword.class, CheckedPassword.class);

    private UserAddresses() {}
}
