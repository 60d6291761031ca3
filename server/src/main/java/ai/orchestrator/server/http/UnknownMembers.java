package ai.orchestrator.server.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The members of requests that this server does not know. They may change the answer, so they tell requests apart. */
public final class UnknownMembers {
    /** What never changes an answer on any surface: how it is sent, kept and billed, how long the model stays, and who asks in which conversation. */
    private static final Set<String> NOT_OF_THE_ANSWER = Set.of(
            "stream",
            "stream_options",
            "keep_alive",
            "conversation_id",
            "chat_id",
            "session_id",
            "request_id",
            "user",
            "metadata",
            "client_metadata",
            "store",
            "service_tier",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention");

    private UnknownMembers() {}

    /**
     * The members by name, each as canonical JSON text.
     *
     * @param known those that the surface reads or takes no notice of
     */
    public static Map<String, String> of(JsonObject request, Set<String> known) {
        Map<String, String> unknown = new HashMap<>();
        for (String name : request.names()) {
            if (!known.contains(name) && !NOT_OF_THE_ANSWER.contains(name)) {
                request.find(name).ifPresent(value -> unknown.put(name, CanonicalJson.of(value)));
            }
        }
        return unknown;
    }
}
