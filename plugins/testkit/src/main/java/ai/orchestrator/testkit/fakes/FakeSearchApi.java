package ai.orchestrator.testkit.fakes;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/** A search service on a loopback port with one path, which answers well unless something else is scripted. */
public abstract class FakeSearchApi implements AutoCloseable {
    /** A query with this word finds nothing. */
    public static final String UNKNOWN_WORD = "xqzwv";

    private final String path;
    private final FakeUpstream upstream;
    private final Reply well;

    FakeSearchApi(int port, String path, Reply well) {
        this.path = path;
        this.well = well;
        upstream = new FakeUpstream(port, "").always(path, well);
    }

    /** Where searches go. */
    public URI url() {
        return upstream.url().resolve(path);
    }

    /** Answers every search from now on. */
    public void always(Reply reply) {
        upstream.always(path, reply);
    }

    /** Answers the next search that has no reply waiting yet. */
    public void next(Reply reply) {
        upstream.next(path, reply);
    }

    /** Answers as the service does when all is well. */
    public void well() {
        upstream.always(path, well);
    }

    /** The searches that arrived, oldest first. */
    public List<RecordedCall> calls() {
        return upstream.calls(path);
    }

    @Override
    public void close() {
        upstream.close();
    }

    /** Whether a query finds anything. */
    static boolean isKnown(String query) {
        return query.codePoints().anyMatch(Character::isLetterOrDigit)
                && !query.toLowerCase(Locale.ROOT).contains(UNKNOWN_WORD);
    }
}
