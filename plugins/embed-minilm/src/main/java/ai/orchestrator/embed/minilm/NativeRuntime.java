package ai.orchestrator.embed.minilm;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Starts ONNX Runtime from native libraries in a folder of its own, and deletes them again as soon as they are loaded. Left
 * to itself it would unpack 28 MB into the machine's temporary folder, where they stay if the process is killed, and where
 * many a machine runs no native code.
 */
final class NativeRuntime {
    /** ONNX Runtime's own property: where its libraries are. An operator who sets it has the last word. */
    private static final String PATH = "onnxruntime.native.path";

    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private static @Nullable OrtEnvironment started;

    private NativeRuntime() {}

    /**
     * The runtime, started by the first call. One call at a time, and since the libraries' place is told by a system property,
     * one in the whole machine: the property's name is the same object in every class loader.
     *
     * @param scratch a folder to unpack in; made if it is missing
     * @throws PluginFailure if there is no native library for this platform
     */
    static OrtEnvironment start(Path scratch) throws IOException {
        synchronized (PATH) {
            if (started == null) {
                started = System.getProperty(PATH) == null ? unpackAndStart(scratch) : environment();
            }
            return started;
        }
    }

    private static OrtEnvironment unpackAndStart(Path scratch) throws IOException {
        Files.createDirectories(scratch);
        // never twice the same: a library can be loaded from one path by one class loader only
        Path folder = Files.createTempDirectory(scratch, "onnxruntime-");
        try {
            for (String library : LIBRARIES) {
                unpack(System.mapLibraryName(library), folder);
            }
            System.setProperty(PATH, folder.toAbsolutePath().toString());
            return environment();
        } finally {
            System.clearProperty(PATH);
            delete(folder);
        }
    }

    private static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    }

    private static void unpack(String library, Path folder) throws IOException {
        String platform = platform();
        try (InputStream packed =
                OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/" + platform + "/" + library)) {
            if (packed == null) {
                throw new PluginFailure.Permanent(
                        FailureCode.NOT_INSTALLED, "ONNX Runtime has no native library for " + platform);
            }
            Files.copy(packed, folder.resolve(library));
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String systemName = system.startsWith("mac") ? "osx" : system.startsWith("windows") ? "win" : system;
        String processorName =
                switch (processor) {
                    case "amd64", "x86_64" -> "x64";
                    default -> processor;
                };
        return systemName + "-" + processorName;
    }

    private static void delete(Path folder) {
        for (String library : LIBRARIES) {
            deleteNowOrOnExit(folder.resolve(System.mapLibraryName(library)));
        }
        deleteNowOrOnExit(folder);
    }

    private static void deleteNowOrOnExit(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // Windows keeps the file of a loaded library
            path.toFile().deleteOnExit();
        }
    }
}
