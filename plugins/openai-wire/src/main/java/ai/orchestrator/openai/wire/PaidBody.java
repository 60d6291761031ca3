package ai.orchestrator.openai.wire;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** The JSON of a request that may be charged for, so it is sent once: whether to try again is the host's to decide. */
final class PaidBody extends RequestBody {
    private static final MediaType JSON = MediaType.get("application/json");

    private final byte[] json;

    PaidBody(byte[] json) {
        this.json = json;
    }

    @Override
    public MediaType contentType() {
        return JSON;
    }

    @Override
    public long contentLength() {
        return json.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(json);
    }
}
