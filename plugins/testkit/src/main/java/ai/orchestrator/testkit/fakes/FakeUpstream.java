package ai.orchestrator.testkit.fakes;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An HTTP server on the loopback address that answers each path from its own queue of replies, then from the path's standing reply, and
 * remembers what it was asked.
 */
public final class FakeUpstream implements AutoCloseable {
    private static final int REMEMBERED_CALLS = 1_000;
    private static final Reply NOTHING_THERE = Reply.json(404, """
            {"error":{"code":404,"message":"nothing is scripted for this path"}}""");

    private final LoopbackServer server;
    private final String prefix;
    private final Map<String, Queue<Reply>> queues = new ConcurrentHashMap<>();
    private final Map<String, Reply> standing = new ConcurrentHashMap<>();
    private final Deque<RecordedCall> calls = new ArrayDeque<>();

    /**
     * Starts a server.
     *
     * @param port 0 for any that is free
     * @param prefix what every path begins with, such as {@code /api/v1}; scripts and records leave it out
     */
    public FakeUpstream(int port, String prefix) {
        this.prefix = prefix;
        server = LoopbackServer.on(port);
        server.start(this::handle);
    }

    /** Where the server is, prefix included. */
    public URI url() {
        return server.url(prefix);
    }

    /** Answers the next call of a path that has no reply waiting yet. */
    public FakeUpstream next(String path, Reply reply) {
        queues.computeIfAbsent(path, absent -> new ConcurrentLinkedQueue<>()).add(reply);
        return this;
    }

    /** Answers every call of a path for which no reply waits. */
    public FakeUpstream always(String path, Reply reply) {
        standing.put(path, reply);
        return this;
    }

    /** The calls of a path, oldest first; only the newest calls of all are remembered. */
    public List<RecordedCall> calls(String path) {
        synchronized (calls) {
            return calls.stream().filter(call -> call.path().equals(path)).toList();
        }
    }

    /** Ends the server at once, replies in progress included. */
    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        RecordedCall call =
                RecordedCall.read(exchange, path.startsWith(prefix) ? path.substring(prefix.length()) : path);
        synchronized (calls) {
            calls.addLast(call);
            if (calls.size() > REMEMBERED_CALLS) {
                calls.removeFirst();
            }
        }
        reply(call.path()).send(call, new ReplyWriter(exchange, call, server));
        exchange.close();
    }

    private Reply reply(String path) {
        Queue<Reply> queue = queues.get(path);
        Reply queued = queue == null ? null : queue.poll();
        return queued != null ? queued : standing.getOrDefault(path, NOTHING_THERE);
    }
}
