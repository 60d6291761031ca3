package ai.orchestrator.server.download;

import java.util.List;

/**
 * What came of a download.
 *
 * @param file the file, relative to the home folder
 * @param reasons why each source failed, in the order in which they were tried; empty unless the outcome is {@link Outcome#FAILED}
 */
public record DownloadResult(String name, String file, Outcome outcome, List<String> reasons) {
    public DownloadResult {
        reasons = List.copyOf(reasons);
    }

    /** How it ended. */
    public enum Outcome {
        /** The right file was there before. */
        PRESENT,
        /** It was obtained now. */
        OBTAINED,
        /** No source gave it. */
        FAILED
    }
}
