package ai.orchestrator.server.library;

import ai.orchestrator.server.orchestration.LibraryFailure;
import ai.orchestrator.server.orchestration.NewModel;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Refuses what no model can be made of, before anything is done. */
final class NewModelCheck {
    private static final Pattern ABSOLUTE = Pattern.compile("^([/\\\\]|[A-Za-z]:).*");
    private static final Pattern PARENT = Pattern.compile("(^|[/\\\\])\\.\\.([/\\\\]|$)");

    private NewModelCheck() {}

    static void require(NewModel model) {
        if (model.from().isEmpty() && model.files().isEmpty()) {
            throw LibraryFailure.invalid("neither 'from' or 'files' was specified");
        }
        files(model.files());
        files(model.adapters());
        if (!model.quantize().isEmpty()) {
            Quantizer.type(model.quantize());
        }
        boolean remote = !model.remoteHost().isEmpty();
        if (remote
                && (model.from().isEmpty()
                        || !model.files().isEmpty()
                        || !model.adapters().isEmpty())) {
            throw LibraryFailure.invalid("bad remote");
        }
        if (!model.from().isEmpty() && !model.files().isEmpty()) {
            throw LibraryFailure.invalid("a model is made either 'from' another or of 'files', not of both");
        }
    }

    private static void files(Map<String, String> files) {
        files.forEach((file, digest) -> {
            if (ABSOLUTE.matcher(file).matches() || PARENT.matcher(file).find() || file.isEmpty()) {
                throw LibraryFailure.invalid("file path must be relative");
            }
            if (BlobDigest.parse(digest).isEmpty()) {
                throw LibraryFailure.invalid("invalid digest format");
            }
            if (!file.toLowerCase(Locale.ROOT).endsWith(".gguf") && isOther(file)) {
                throw LibraryFailure.invalid("only GGUF files can be made into a model, and '" + shown(file)
                        + "' is none: convert it first");
            }
        });
    }

    private static boolean isOther(String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        return lower.endsWith(".safetensors")
                || lower.endsWith(".bin")
                || lower.endsWith(".pth")
                || lower.endsWith(".json");
    }

    private static String shown(String file) {
        String plain = file.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 100 ? plain.substring(0, 100) : plain;
    }
}
