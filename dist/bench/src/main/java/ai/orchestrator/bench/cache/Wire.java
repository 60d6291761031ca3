package ai.orchestrator.bench.cache;

import ai.orchestrator.bench.load.Requests;
import ai.orchestrator.bench.peer.MockUpstream;

/** The same question in what most clients speak: a prompt of about 400 bytes. */
public enum Wire {
    OLLAMA("Ollama's wire", "/api/chat", "NDJSON"),
    OPENAI("OpenAI's wire", "/v1/chat/completions", "SSE");

    private static final String PROMPT = "Question " + Requests.MARK + ": "
            + "what is known of the history of the old town by the sea, of its harbour and its ships? ".repeat(4);

    private final String shown;
    private final String path;
    private final String stream;

    Wire(String shown, String path, String stream) {
        this.shown = shown;
        this.path = path;
        this.stream = stream;
    }

    /** What a report calls it. */
    public String shown() {
        return shown;
    }

    /** What a report calls a streamed reply. */
    String stream() {
        return stream;
    }

    String path() {
        return path;
    }

    /** Requests for an answer, each another one. */
    public Requests requests(boolean stream) {
        return Requests.post(
                path,
                "Accept: application/json\r\nUser-Agent: bench\r\n",
                "{\"model\":\"" + MockUpstream.MODEL + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT
                        + "\"}],\"stream\":" + stream + "}");
    }
}
