package ai.orchestrator.server.http;

import io.helidon.http.Headers;
import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.encoding.ContentEncodingContextConfig;

/**
 * Has Helidon hand over request bodies as they come, whatever their {@code Content-Encoding}: it would refuse those it does not know before any
 * surface could say so in its own words. {@link RequestBody} unpacks them. Replies are never packed.
 */
final class RawBodies implements ContentEncodingContext {
    private final ContentEncodingContextConfig config = ContentEncodingContext.builder()
            .contentEncodingsDiscoverServices(false)
            .buildPrototype();

    @Override
    public ContentEncodingContextConfig prototype() {
        return config;
    }

    @Override
    public boolean contentEncodingEnabled() {
        return false;
    }

    @Override
    public boolean contentDecodingEnabled() {
        return true;
    }

    @Override
    public boolean contentEncodingSupported(String name) {
        return false;
    }

    @Override
    public boolean contentDecodingSupported(String name) {
        return true;
    }

    @Override
    public ContentEncoder encoder(String name) {
        return ContentEncoder.NO_OP;
    }

    @Override
    public ContentDecoder decoder(String name) {
        return ContentDecoder.NO_OP;
    }

    @Override
    public ContentEncoder encoder(Headers headers) {
        return ContentEncoder.NO_OP;
    }
}
