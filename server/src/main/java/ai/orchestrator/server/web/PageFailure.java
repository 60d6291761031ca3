package ai.orchestrator.server.web;

import java.io.Serial;

/** Why a page was not fetched: one sentence that names no address of ours, and its kind. */
public final class PageFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What sort of failure it is. */
    public enum Kind {
        /** The URL has a form that is not fetched. */
        BAD_URL,
        /** The name or number leads to an address that is not of the public web. */
        PRIVATE_ADDRESS,
        /** Nobody knows the name. */
        UNKNOWN_HOST,
        /** No connection, or one without trust. */
        UNREACHABLE,
        /** It took too long. */
        TIMEOUT,
        /** The page answered with another status than 200. */
        STATUS,
        /** Too many redirects, or one that may not be followed. */
        REDIRECT,
        /** Not a type, or not a packing, that can be read. */
        WRONG_TYPE,
        /** It is of a type that can be read, and cannot be read all the same. */
        UNREADABLE,
        /** The page is longer than the most that is read. */
        TOO_LARGE,
        /** The page's site does not want to be read by programs. */
        ROBOTS,
        /** The answer broke off. */
        BROKEN_OFF,
        /** Whoever waited for the page no longer does. */
        CANCELLED
    }

    private final Kind kind;

    /** @param sentence shown to clients */
    public PageFailure(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
