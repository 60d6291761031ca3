package ai.orchestrator.server.cost;

import ai.orchestrator.plugin.model.RemoteOrigin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The last answers, as far as feedback on them needs it, within a number and a size. */
final class RecentAnswers {
    private static final int BYTES_BESIDE_TEXT = 300;

    private final int most;
    private final long mostBytes;
    private final Deque<Answer> inOrder = new ArrayDeque<>();
    private final Map<Name, Answer> byName = new HashMap<>();
    private long bytes;

    /**
     * Nothing yet.
     *
     * @param most answers
     * @param mostBytes of memory, about
     */
    RecentAnswers(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** One answer; {@code question} may be cut. */
    record Answer(
            String requestId,
            String tenant,
            String route,
            String model,
            Optional<RemoteOrigin> remote,
            String question) {
        private Name name() {
            return new Name(requestId, tenant);
        }

        private long bytes() {
            return BYTES_BESIDE_TEXT + 2L * question.length();
        }
    }

    private record Name(String requestId, String tenant) {}

    synchronized void add(Answer answer) {
        inOrder.addLast(answer);
        byName.put(answer.name(), answer);
        bytes += answer.bytes();
        while (inOrder.size() > most || bytes > mostBytes) {
            Answer oldest = inOrder.removeFirst();
            bytes -= oldest.bytes();
            byName.remove(oldest.name(), oldest);
        }
    }

    /** The last answer under an id: the tenant's, or anybody's where no tenant is given. */
    synchronized Optional<Answer> find(String requestId, Optional<String> tenant) {
        if (tenant.isPresent()) {
            return Optional.ofNullable(byName.get(new Name(requestId, tenant.get())));
        }
        return byName.values().stream()
                .filter(answer -> answer.requestId().equals(requestId))
                .findFirst();
    }
}
