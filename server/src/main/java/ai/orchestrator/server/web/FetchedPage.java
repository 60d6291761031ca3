package ai.orchestrator.server.web;

import java.util.Optional;

/**
 * A page as it came.
 *
 * @param url where it came from, after all redirects
 * @param type its media type in small letters, without parameters
 * @param charset the name of its encoding as the server gave it; only one that this JVM can read
 * @param body unpacked
 */
public record FetchedPage(String url, String type, Optional<String> charset, byte[] body) {}
