package ai.orchestrator.model.llamacpp;

import ai.orchestrator.model.llamacpp.gguf.GgufHeader;
import ai.orchestrator.model.llamacpp.gguf.GgufReader;
import ai.orchestrator.plugin.model.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a GGUF file tells about its model.
 *
 * @param capability whether the model makes text or vectors
 * @param chatTemplate the template of conversations: the file's own, or else the one that its vocabulary asks for
 */
record ModelFacts(GgufHeader header, Vocabulary vocabulary, Capability capability, String chatTemplate) {
    private static final Set<String> EMBEDDERS = Set.of(
            "bert",
            "nomic-bert",
            "nomic-bert-moe",
            "jina-bert-v2",
            "jina-bert-v3",
            "modern-bert",
            "neo-bert",
            "eurobert",
            "gemma-embedding",
            "t5encoder");

    private static final Pattern TOOLS = Pattern.compile("\\{[{%][^}%]*\\btools\\b");
    private static final int NO_POOLING = 0;
    private static final int RANK_POOLING = 4;

    /** ChatML, for which a vocabulary with its two marks was made. */
    private static final String CHATML = "{% for message in messages %}"
            + "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}"
            + "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    /** For models that were never taught to converse: lines as of a written dialogue. */
    private static final String DIALOGUE = "{% for message in messages %}"
            + "{{ message['role'] + ': ' + message['content'] + '\\n' }}"
            + "{% endfor %}{% if add_generation_prompt %}{{ 'assistant:' }}{% endif %}";

    /**
     * Reads the header of a model of one file.
     *
     * @throws ai.orchestrator.model.llamacpp.gguf.MalformedGgufException if it is damaged
     * @throws UnusableModelException if it holds nothing that can be used here
     */
    static ModelFacts read(Path file) throws IOException, UnusableModelException {
        return read(file, List.of());
    }

    /**
     * Reads a model's headers.
     *
     * @param file the only one, or the first part of a model that was split
     * @param others the other parts
     * @throws ai.orchestrator.model.llamacpp.gguf.MalformedGgufException if it is damaged
     * @throws UnusableModelException if it holds nothing that can be used here
     */
    static ModelFacts read(Path file, List<Path> others) throws IOException, UnusableModelException {
        GgufHeader header = whole(GgufReader.read(file), others);
        Capability capability = capabilityOf(header);
        Vocabulary vocabulary = Vocabulary.read(file, header);
        String template = header.text("tokenizer.chat_template")
                .filter(own -> !own.isBlank())
                .orElse(vocabulary.chatml() ? CHATML : DIALOGUE);
        return new ModelFacts(header, vocabulary, capability, template);
    }

    /** The first part's header, as of the whole model. */
    private static GgufHeader whole(GgufHeader first, List<Path> others) throws IOException, UnusableModelException {
        if (first.number("split.count").orElse(1) <= 1 && others.isEmpty()) {
            return first;
        }
        if (others.isEmpty()) {
            throw new UnusableModelException(
                    "it is a part of a split model; its first part has to be named NAME-00001-of-"
                            + "0000N.gguf, or all of them joined with llama-gguf-split --merge");
        }
        boolean isFirst = first.number("split.no").orElse(-1) == 0;
        if (!isFirst || first.number("split.count").orElse(1) != others.size() + 1) {
            throw new UnusableModelException(
                    "its name says that it is a part of a split model, and its content does not");
        }
        long parameters = first.parameters();
        for (Path other : others) {
            if (!Files.exists(other)) {
                throw new UnusableModelException("its part " + other.getFileName() + " is not there");
            }
            parameters += GgufReader.read(other).parameters();
        }
        return new GgufHeader(first.metadata(), parameters);
    }

    /** Whether a file holds what turns images into what a model reads. */
    static boolean isProjector(GgufHeader header) {
        return header.architecture().equals("clip")
                || header.text("general.type").orElse("").equals("mmproj");
    }

    /** Whether a file holds changes of another model's weights. */
    static boolean isAdapter(GgufHeader header) {
        return header.text("general.type").orElse("").equals("adapter");
    }

    /** Whether conversations may have tools in them. */
    boolean takesTools() {
        return TOOLS.matcher(chatTemplate).find();
    }

    /** Whether the model thinks before it answers, between marks that are known here. */
    boolean thinksInMarks() {
        return chatTemplate.contains("<think>");
    }

    /** Whether the model thinks before it answers. */
    boolean thinks() {
        return thinksInMarks() || chatTemplate.contains("enable_thinking") || chatTemplate.contains("reasoning_effort");
    }

    /** Whether the file brings a template of its own. */
    boolean hasOwnTemplate() {
        return header.text("tokenizer.chat_template")
                .filter(own -> !own.isBlank())
                .isPresent();
    }

    /** Whether the model makes vectors instead of text. */
    boolean embeds() {
        return capability == Capability.EMBEDDING;
    }

    /** The longest context that the model was trained for. */
    OptionalInt contextLength() {
        return header.architectureNumber("context_length");
    }

    /** The text at which a dialogue of plain lines stops, since it would go on with the user's next line; else empty. */
    String dialogueStop() {
        return chatTemplate.equals(DIALOGUE) ? "\nuser:" : "";
    }

    private static Capability capabilityOf(GgufHeader header) throws UnusableModelException {
        if (header.architecture().isEmpty()) {
            throw new UnusableModelException("it does not name its architecture");
        }
        if (isProjector(header)) {
            throw UnusableModelException.ofAnother("it is the image part of another model");
        }
        if (isAdapter(header)) {
            throw UnusableModelException.ofAnother("it is an adapter of another model");
        }
        int pooling = header.architectureNumber("pooling_type").orElse(NO_POOLING);
        if (pooling == RANK_POOLING) {
            throw new UnusableModelException("it ranks texts, which is not supported");
        }
        return pooling != NO_POOLING || EMBEDDERS.contains(header.architecture())
                ? Capability.EMBEDDING
                : Capability.COMPLETION;
    }
}
