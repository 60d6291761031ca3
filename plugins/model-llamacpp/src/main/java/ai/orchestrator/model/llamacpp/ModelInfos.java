package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.gguf.GgufHeader;
import ai.orchestrator.plugin.model.ModelDescription;
import ai.orchestrator.plugin.model.ModelInfo;
import ai.orchestrator.plugin.model.SamplingOptions;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells the host what is known of a model. */
final class ModelInfos {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_SHOWN_ELEMENTS = 16;

    private ModelInfos() {}

    /** @param context tokens, where a request asks for none */
    static ModelInfo info(ModelFile model, String digest, Engine engine, int context) {
        ModelFacts facts = model.facts();
        GgufHeader header = facts.header();
        return new ModelInfo(
                model.name(),
                digest,
                model.size(),
                model.modified(),
                "gguf",
                List.of(header.architecture()),
                parameterSize(header.parameters()),
                Quantization.name(header.number("general.file_type")),
                facts.contextLength(),
                header.architectureNumber("embedding_length"),
                Set.copyOf(engine.capabilities(model)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(SamplingOptions.builder().numCtx(context).build().orElse(model.parameters())));
    }

    static ModelDescription description(ModelFile model, Engine engine) {
        GgufHeader header = model.facts().header();
        return new ModelDescription(
                header.text("general.license").orElse(""),
                header.text("tokenizer.chat_template").orElse(""),
                "",
                ModelParameters.lines(model.parameters()),
                engine.name(),
                metadata(header));
    }

    /** The metadata without what is long or told elsewhere. */
    private static String metadata(GgufHeader header) {
        Map<String, Object> shown = new LinkedHashMap<>();
        header.metadata().forEach((key, value) -> {
            boolean isLong = value instanceof GgufHeader.LongArray
                    || (value instanceof List<?> list && list.size() > MAX_SHOWN_ELEMENTS);
            if (!isLong && !key.equals("tokenizer.chat_template")) {
                shown.put(key, value);
            }
        });
        shown.put("general.parameter_count", header.parameters());
        try {
            return JSON.writeValueAsString(shown);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers and lists are always JSON", e);
        }
    }

    /** Such as {@code 134.52M}, as Ollama writes it. */
    static String parameterSize(long parameters) {
        if (parameters >= 1_000_000_000) {
            return abbreviated(parameters / 1e9, "%.1fB");
        }
        if (parameters >= 1_000_000) {
            return abbreviated(parameters / 1e6, "%.2fM");
        }
        return parameters >= 1000 ? parameters / 1000 + "K" : Long.toString(parameters);
    }

    private static String abbreviated(double amount, String format) {
        String text = String.format(Locale.ROOT, format, amount);
        return amount == Math.rint(amount) ? text.replaceFirst("\\.0+", "") : text;
    }
}
