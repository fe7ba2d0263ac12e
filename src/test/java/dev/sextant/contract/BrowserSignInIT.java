package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sextant.bus.Bus;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sign-in pages in a real browser: by mouse, by keyboard, and by what the browser says of them. */
@Tag("browser")
@Timeout(120)
class BrowserSignInIT {

    private static final String EMAIL = "ada@example.com";

    private static Service service;
    private static Customer acme;
    private static RelyingServer server;
    private static Relying board;
    private static Chromium chromium;

    @BeforeAll
    static void startAll() {
        service = new Service(Bus.Wire.WHERE_NEEDED);
        acme = service.newCustomer();
        People.create(acme, EMAIL, "viewer");
        server = new RelyingServer(service.vertx());
        board = server.register(service, acme);
        chromium = new Chromium();
    }

    @AfterAll
    static void stopAll() {
        chromium.close();
        server.close();
        service.close();
    }

    @Test
    void aUserSignsInAllowsAndIsBackAtTheProgram() {
        Page page = chromium.open();

        page.navigate(service.url() + board.address());
        page.getByLabel("Mail address").fill(EMAIL);
        page.getByLabel("Password").fill(People.PASSWORD);
        page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
        assertThat(page.getByRole(AriaRole.HEADING).innerText()).isEqualTo("Let Board act for you?");
        page.getByRole(AriaRole.BUTTON, named("Allow")).click();
        page.waitForURL(url -> url.startsWith(server.callback()));

        assertThat(page.getByRole(AriaRole.HEADING).innerText()).isEqualTo("Welcome back");
        Map<String, String> answer = RelyingServer.answer(page);
        assertThat(answer).containsEntry("state", "s/1 2").containsEntry("iss", service.url());
        String token = Relying.access(board.redeem(Objects.requireNonNull(answer.get("code"))));
        assertThat(service.platform().as(token).get(Sales.DATASETS).statusCode())
                .isEqualTo(200);
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void theKeyboardIsEnough() {
        Page page = chromium.open();

        page.navigate(service.url() + board.address());
        page.keyboard().press("Tab");
        page.keyboard().type(EMAIL);
        page.keyboard().press("Tab");
        page.keyboard().type("not this one");
        page.keyboard().press("Enter");
        String alert = page.getByRole(AriaRole.ALERT).innerText();
        page.keyboard().press("Tab");
        page.keyboard().type(EMAIL);
        page.keyboard().press("Tab");
        page.keyboard().type(People.PASSWORD);
        page.keyboard().press("Enter");
        page.getByText("You are signed in as").waitFor();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        page.waitForURL(url -> url.startsWith(server.callback()));

        assertThat(alert).isEqualTo("Address and password do not belong together.");
        assertThat(RelyingServer.answer(page)).containsKey("code");
    }

    @Test
    void pagesNameWhatTheyAreAndFitASmallScreen() {
        Page page = chromium.open();
        page.setViewportSize(320, 640);

        page.navigate(service.url() + board.address());

        assertThat(page.title()).isEqualTo("Sign in");
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
        assertThat(page.getByRole(AriaRole.MAIN).count()).isEqualTo(1);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= 320")).isEqualTo(true);
        assertThat(page.evaluate(
                        "[...document.querySelectorAll('input:not([type=hidden])')].every(i => i.labels.length)"))
                .isEqualTo(true);
    }

    /** The cookie is out of reach of scripts, and the page runs none. */
    @Test
    void noScriptRunsAndNoneSeesTheCookie() {
        Page page = chromium.open();

        page.navigate(service.url() + board.address());

        assertThat(page.evaluate("document.cookie")).isEqualTo("");
        assertThat(page.context().cookies()).hasSize(1);
        assertThat(page.evaluate(
                        "(() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
                                + " document.body.append(s); return window.ran; })()"))
                .isNull();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
