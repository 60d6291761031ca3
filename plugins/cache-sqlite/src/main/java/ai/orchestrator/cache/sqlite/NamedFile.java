package ai.orchestrator.cache.sqlite;

import ai.orchestrator.plugin.FailureCode;
import ai.orchestrator.plugin.PluginFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** A file that the operator named. What fails is told with its name, without its folder. */
record NamedFile(Path path) {
    String name() {
        return String.valueOf(path.getFileName());
    }

    Path sibling(String suffix) {
        return path.resolveSibling(name() + suffix);
    }

    /** @param what goes on after the file's name, without a full stop */
    PluginFailure failure(FailureCode code, String what) {
        return new PluginFailure.Permanent(code, sentence(what));
    }

    /** What is wrong with the file's contents. */
    PluginFailure failure(UnusableFileException e) {
        return new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, sentence(e.what()), e);
    }

    /** What SQLite found: damage is the file's own fault, and another call will find it again. */
    PluginFailure failure(SQLException e) {
        SqliteFault fault = SqliteFault.of(e);
        return SqliteFault.isDamage(e)
                ? new PluginFailure.Permanent(FailureCode.INVALID_REQUEST, sentence(fault.what()), e)
                : new PluginFailure.Retriable(fault.code(), sentence(fault.what()), e);
    }

    PluginFailure failure(String what, IOException e) {
        return new PluginFailure.Retriable(FailureCode.UNAVAILABLE, sentence(what), e);
    }

    private String sentence(String what) {
        return "The file " + name() + " " + what + ".";
    }
}
