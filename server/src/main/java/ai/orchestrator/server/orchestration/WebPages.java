package ai.orchestrator.server.orchestration;

import java.util.List;

/** Fetches pages of the public web, and nothing else. */
public interface WebPages {
    /** The page at an address that somebody else wrote. Never fails. */
    Fetched fetch(String url);

    /** What became of it. */
    sealed interface Fetched {
        /**
         * The page.
         *
         * @param title one line; may be empty
         * @param text its main text, plain
         * @param links the addresses it leads to, each once
         */
        record Page(String title, String text, List<String> links) implements Fetched {
            public Page {
                links = List.copyOf(links);
            }
        }

        /**
         * The address is none that is fetched.
         *
         * @param sentence why
         */
        record Refused(String sentence) implements Fetched {}

        /**
         * The page could not be had.
         *
         * @param sentence why
         */
        record Failed(String sentence) implements Fetched {}
    }
}
