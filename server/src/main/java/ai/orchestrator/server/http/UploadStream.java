package ai.orchestrator.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body that is read piece by piece; that the client breaks off is no fault of who reads it. */
final class UploadStream extends FilterInputStream {
    UploadStream(InputStream body) {
        super(body);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException | DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("a request body broke off", e);
        }
    }
}
