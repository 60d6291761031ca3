package ai.orchestrator.server;

import ai.orchestrator.server.config.ConfigLoader;
import ai.orchestrator.server.config.ListenAddress;
import java.nio.file.Path;

public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        Path home = Path.of(System.getenv("ORCHESTRATOR_HOME"));
        Application application =
                Application.start(ConfigLoader.load(home, System.getenv(), ListenAddress.NONE), home, System.getenv());
        System.out.println("listening on " + application.port());
        Runtime.getRuntime().addShutdownHook(new Thread(application::close));
        Thread.currentThread().join();
    }
}
