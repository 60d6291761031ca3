package ai.orchestrator.server.library;

import java.util.Locale;

/** The addresses of remote providers, in whatever spelling. */
final class RemoteHosts {
    private RemoteHosts() {}

    /** Whether both are one host; the scheme {@code https} may be left out. */
    static boolean same(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String host) {
        return host.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^https://", "")
                .replaceFirst("/+$", "")
                .replaceFirst(":443$", "");
    }
}
