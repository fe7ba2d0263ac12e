package dev.sextant.launch;

import dev.sextant.demo.DemoTenant;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sextant demo}: starts a server with two tenants that have data, and says how to ask it. */
@Command(name = "demo", description = "Start the server with demo data.", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Mixin
    private final StartOptions options = new StartOptions();

    @Override
    public Integer call() {
        Server server = new Start(options, true).start();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        for (DemoTenant tenant : server.demoTenants()) {
            out.println("tenant %-10s %s  key %s"
                    .formatted(tenant.name(), tenant.id(), tenant.apiKey().value()));
        }
        DemoTenant wikimedia = server.demoTenants().getFirst();
        out.println(Invitation.text(server.baseUrl(), wikimedia.apiKey().value()));
        return 0;
    }
}
