package dev.sextant.contract;

import com.microsoft.playwright.BrowserType;
import java.util.concurrent.CopyOnWriteArrayList;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.nio.file.Path;
import com.microsoft.playwright.Playwright;

import com.microsoft.playwright.Page;

/** A real browser, headless: the Chromium of this machine. Without one, the tests that need it fail. */
final class Chromium implements AutoCloseable {

    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final int PATIENCE_MILLIS = 20_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Chromium() {
        Path program = PLACES.stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The browser tests need Chromium, which is missing: apt-get install chromium"));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /** A window of its own, which shares nothing with others. */
    Page open() {
        Page page = browser.newContext().newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    /** What it wrote to its console as an error: a policy that was broken, say. */
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
