package ai.orchestrator.server.library;

/**
 * A part of a model: a blob and what it is.
 *
 * @param size bytes
 * @param given whether a client gave it when it created the model; the weights' own template gives way to a template that was
 */
record Layer(String mediaType, BlobDigest digest, long size, boolean given) {
    Layer(String mediaType, BlobDigest digest, long size) {
        this(mediaType, digest, size, false);
    }

    boolean is(String type) {
        return mediaType.equals(type);
    }
}
