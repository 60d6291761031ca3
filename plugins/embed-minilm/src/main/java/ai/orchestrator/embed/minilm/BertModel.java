package ai.orchestrator.embed.minilm;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The loaded model. Its calls block in native code, so they belong on platform threads; many may run at once. */
final class BertModel implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;

    private BertModel(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /** Loads the model, which takes some hundred milliseconds. */
    static BertModel load(OrtEnvironment environment) throws IOException, OrtException {
        try (InputStream file = MiniLm.open(MiniLm.MODEL_RESOURCE);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // the caller's threads are all the parallelism there is, and an arena would keep the memory of the longest
            // text
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setCPUArenaAllocator(false);
            return new BertModel(environment, environment.createSession(file.readAllBytes(), options));
        }
    }

    /**
     * The mean of what the model says of each token. One text a call: the model's numbers are quantised by the largest in the
     * call, so that a text among others would get another vector than alone.
     */
    float[] embed(long[] tokens) throws OrtException {
        long[] ones = new long[tokens.length];
        Arrays.fill(ones, 1);
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            inputs.put("input_ids", row(tokens));
            inputs.put("attention_mask", row(ones));
            inputs.put("token_type_ids", row(new long[tokens.length]));
            try (OrtSession.Result result = session.run(inputs)) {
                return mean(((OnnxTensor) result.get(0)).getFloatBuffer(), tokens.length);
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor row(long[] numbers) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(numbers), new long[] {1, numbers.length});
    }

    private static float[] mean(FloatBuffer rows, int count) {
        float[] mean = new float[MiniLm.EMBEDDING_LENGTH];
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += rows.get() / count;
            }
        }
        return mean;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the model was closed before", e);
        }
    }
}
