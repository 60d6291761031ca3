package ai.orchestrator.server.http.ollama;

import ai.orchestrator.server.orchestration.LibraryProgress;
import ai.orchestrator.server.orchestration.ModelLibrary;
import ai.orchestrator.server.orchestration.NewModel;
import ai.orchestrator.server.orchestration.StoredDetails;
import java.io.InputStream;
import java.util.Optional;

/** A library with no models, for tests in which none is changed. */
final class NoLibrary implements ModelLibrary {
    @Override
    public void pull(String name, LibraryProgress progress) {
        throw new IllegalStateException("not expected");
    }

    @Override
    public void create(NewModel model, LibraryProgress progress) {
        throw new IllegalStateException("not expected");
    }

    @Override
    public void copy(String source, String destination) {
        throw new IllegalStateException("not expected");
    }

    @Override
    public void delete(String name) {
        throw new IllegalStateException("not expected");
    }

    @Override
    public boolean hasBlob(String digest) {
        return false;
    }

    @Override
    public boolean keepBlob(String digest, InputStream bytes) {
        throw new IllegalStateException("not expected");
    }

    @Override
    public Optional<StoredDetails> details(String name) {
        return Optional.empty();
    }
}
