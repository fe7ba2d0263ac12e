package dev.sextant.identity.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.WireForms;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The wire forms of the user room's messages. Where one must change, its address becomes {@code v2}. */
class UserWireTest {

    private static final Instant MADE = Instant.parse("2026-11-23T15:00:00.000Z");
    private static final User USER =
            new User("usr_1", "a@b", "Ada", List.of("viewer"), User.Status.ACTIVE, null, true, 1, MADE, MADE);
    private static final String USER_FORM = """
            {"id":"usr_1","email":"a@b","name":"Ada","roles":["viewer"],"status":"active","provider":null,\
            "has_password":true,"version":1,"created_at":"2026-11-23T15:00:00.000Z",\
            "updated_at":"2026-11-23T15:00:00.000Z"}""";

    @Test
    void theQuestionsKeepTheirForms() {
        WireForms.assertForm(new CreateUser("a@b", "Ada", List.of("viewer"), "secret"), """
                {"email":"a@b","name":"Ada","roles":["viewer"],"password":"secret"}""");
        WireForms.assertForm(
                new UpdateUser("usr_1", new UserChange(null, null, User.Status.SUSPENDED, null), "\"1\""), """
                {"id":"usr_1","change":{"name":null,"roles":null,"status":"suspended","password":null},"if_match":"\\"1\\""}""");
        WireForms.assertForm(new ListUsers(10, "usr_1", null), """
                {"limit":10,"after":"usr_1","email":null}""");
        WireForms.assertForm(new InviteUser("a@b", List.of("viewer")), """
                {"email":"a@b","roles":["viewer"]}""");
        WireForms.assertForm(new AcceptInvitation("inv_a.b", "Ada", "secret"), """
                {"token":"inv_a.b","name":"Ada","password":"secret"}""");
        WireForms.assertForm(new SignInUser("a@b", "secret"), """
                {"email":"a@b","password":"secret"}""");
        WireForms.assertForm(new CheckUser("usr_1", MADE), """
                {"id":"usr_1","signed_in_at":"2026-11-23T15:00:00.000Z"}""");
        WireForms.assertForm(new ProvisionUser("https://i", "s", "a@b", "Ada", List.of("viewer"), true), """
                {"issuer":"https://i","subject":"s","email":"a@b","name":"Ada","roles":["viewer"],"may_adopt":true}""");
    }

    @Test
    void theAnswersKeepTheirForms() {
        WireForms.assertForm(USER, USER_FORM);
        WireForms.assertForm(
                new UserPage(List.of(USER), "abc", true),
                "{\"data\":[" + USER_FORM + "],\"next_cursor\":\"abc\",\"has_more\":true}");
        WireForms.assertForm(new Invitation("inv_1", "inv_a.b", "a@b", List.of("viewer"), MADE, MADE), """
                {"id":"inv_1","token":"inv_a.b","email":"a@b","roles":["viewer"],\
                "created_at":"2026-11-23T15:00:00.000Z","expires_at":"2026-11-23T15:00:00.000Z"}""");
    }

    @Test
    void nothingSecretIsPrinted() {
        assertThat(Stream.of(
                        new CreateUser("a@b", "Ada", List.of(), "secret"),
                        new UserChange(null, null, User.Status.ACTIVE, "secret"),
                        new AcceptInvitation("secret", "Ada", "secret"),
                        new Invitation("inv_1", "secret", "a@b", List.of(), MADE, MADE),
                        new SignInUser("a@b", "secret"),
                        new HashPassword("secret"),
                        new HashedPassword("secret"),
                        new CheckPassword("secret", "secret"),
                        new StoredUser(USER, "secret", MADE)))
                .noneMatch(message -> message.toString().contains("secret"));
    }
}
