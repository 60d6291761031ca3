package ai.orchestrator.server.engine;

import ai.orchestrator.server.config.DownloadConfig.Web;
import ai.orchestrator.server.config.EngineConfig;
import ai.orchestrator.server.config.EngineConfig.Origin;
import ai.orchestrator.server.digest.Digests;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on this machine that gives archives of tiny engines. */
public final class EngineSite implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private int archives;

    public EngineSite() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    /** How often an archive was asked for. */
    int requests() {
        return requests.get();
    }

    /** A release with a script for a program, which does what is told. */
    static byte[] release(String script) throws IOException {
        return new TarGz()
                .program("build/bin/llama-server", "#!/bin/sh\n" + script + "\n")
                .file("build/bin/libllama.so.1", "a library")
                .link("build/bin/libllama.so", "libllama.so.1")
                .file("build/LICENSE", "free")
                .bytes();
    }

    /** A release whose program names a version. */
    public static byte[] releaseOf(String version) throws IOException {
        return release("echo 'version: " + version + "'");
    }

    /** The source of a tiny engine, inside a package as llama.cpp is. */
    static byte[] source(String cmakeFirst, String statement) throws IOException {
        return new TarGz()
                .file("package-1.0/CMakeLists.txt", "message(FATAL_ERROR \"the package itself is not built\")")
                .file("package-1.0/vendor/llama.cpp/CMakeLists.txt", """
                        cmake_minimum_required(VERSION 3.14)
                        project(tiny C)
                        %s
                        set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
                        add_subdirectory(tools/server)
                        """.formatted(cmakeFirst))
                .file("package-1.0/vendor/llama.cpp/tools/server/CMakeLists.txt", """
                        add_executable(llama-server main.c)
                        add_executable(llama-quantize main.c)
                        add_executable(unwanted absent.c)
                        set_target_properties(unwanted PROPERTIES EXCLUDE_FROM_ALL ON)
                        """)
                .file("package-1.0/vendor/llama.cpp/tools/server/absent.c", "#error this is not built")
                .file("package-1.0/vendor/llama.cpp/tools/server/main.c", """
                        #include <stdio.h>
                        int main(void) {
                            %s
                            return 0;
                        }
                        """.formatted(statement))
                .file("package-1.0/vendor/llama.cpp/LICENSE", "free")
                .bytes();
    }

    /** Gives an archive at an address of its own. */
    public EngineConfig offer(Origin origin, byte[] archive) {
        String path = "/archive" + archives++;
        server.createContext(path, exchange -> {
            try (exchange) {
                requests.incrementAndGet();
                exchange.sendResponseHeaders(200, archive.length);
                exchange.getResponseBody().write(archive);
            }
        });
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        String sum = HexFormat.of().formatHex(Digests.sha256().digest(archive));
        return new EngineConfig(origin, new Web(uri), sum);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
