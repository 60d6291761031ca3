package ai.orchestrator.openai.wire;

/** Frames of a chat stream, as OpenRouter sends them. */
final class Frames {
    static final String USAGE =
            "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11,\"cost\":0.00001}";

    private Frames() {}

    static String text(String content) {
        return delta("{\"role\":\"assistant\",\"content\":\"" + content + "\"}");
    }

    static String delta(String delta) {
        return chunk("{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}", "");
    }

    static String finish(String reason) {
        return chunk("{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"" + reason + "\"}", "");
    }

    static String usage() {
        return chunk("", "," + USAGE);
    }

    /** A frame with this choice, unless it is empty, and more members, each with a comma in front. */
    static String chunk(String choice, String more) {
        return "{\"id\":\"gen-7\",\"object\":\"chat.completion.chunk\",\"model\":\"acme/chat\",\"choices\":[" + choice
                + "]" + more + "}";
    }
}
