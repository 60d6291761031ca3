package ai.orchestrator.classifier.tribuo;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes the parts of a model, one after the other, as {@link ModelReader} reads them. */
final class ModelWriter {
    private final DataOutputStream out;

    ModelWriter(DataOutputStream out) {
        this.out = out;
    }

    void write(TrainedModel model) throws IOException {
        out.writeInt(model.card().size());
        for (Map.Entry<String, String> line : model.card().entrySet()) {
            out.writeUTF(line.getKey());
            out.writeUTF(line.getValue());
        }
        write(model.vectorizer());
        write(model.familiarity().known());
        write(model.familiarity().length());
        write(model.familiarity().demand());
        write(model.familiarity().similarity());
        out.writeInt(model.centres().centres().size());
        for (float[] centre : model.centres().centres()) {
            write(centre);
        }
        write(model.text());
        write(model.textOdds());
        write(model.sumOdds());
        Optional<Fitted> vector = model.vector();
        out.writeBoolean(vector.isPresent());
        if (vector.isPresent()) {
            write(vector.get());
        }
    }

    private void write(Vectorizer vectorizer) throws IOException {
        write(vectorizer.words());
        write(vectorizer.parts());
        out.writeInt(vectorizer.shape().mean().length);
        for (int i = 0; i < vectorizer.shape().mean().length; i++) {
            out.writeDouble(vectorizer.shape().mean()[i]);
            out.writeDouble(vectorizer.shape().spread()[i]);
        }
        write(vectorizer.embeddingMean());
    }

    private void write(Rarity rarity) throws IOException {
        out.writeInt(rarity.weights().size());
        for (Map.Entry<String, Float> gram : new TreeMap<>(rarity.weights()).entrySet()) {
            out.writeUTF(gram.getKey());
            out.writeFloat(gram.getValue());
        }
    }

    private void write(Familiarity.Range range) throws IOException {
        out.writeDouble(range.strange());
        out.writeDouble(range.usual());
    }

    private void write(float[] vector) throws IOException {
        out.writeInt(vector.length);
        for (float number : vector) {
            out.writeFloat(number);
        }
    }

    private void write(Platt odds) throws IOException {
        out.writeDouble(odds.slope());
        out.writeDouble(odds.offset());
    }

    private void write(Fitted fitted) throws IOException {
        byte[] model = fitted.model().serialize().toByteArray();
        out.writeInt(model.length);
        out.write(model);
    }
}
