package ai.orchestrator.classifier.tribuo;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.Model;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.protos.core.ModelProto;

/** Reads the parts of a model, and takes nothing for granted that would show only in use. */
final class ModelReader {
    private static final int MOST_GRAMS = 5_000_000;
    private static final int MOST_LINES = 100;
    private static final int MOST_CENTRES = 10_000;
    private static final int LONGEST_VECTOR = 65_536;
    private static final int LARGEST_MODEL = 256 << 20;

    private final DataInputStream in;

    ModelReader(DataInputStream in) {
        this.in = in;
    }

    TrainedModel read() throws IOException {
        Map<String, String> card = new LinkedHashMap<>();
        int lines = count(MOST_LINES);
        for (int i = 0; i < lines; i++) {
            card.put(in.readUTF(), in.readUTF());
        }
        Vectorizer vectorizer = vectorizer();
        Familiarity familiarity = new Familiarity(range(), range(), range(), range());
        List<float[]> centres = new ArrayList<>();
        int count = count(MOST_CENTRES);
        for (int i = 0; i < count; i++) {
            centres.add(vector());
            require(centres.getLast().length == vectorizer.embeddingMean().length, "a centre of another length");
        }
        Fitted text = fitted();
        Platt textOdds = platt();
        Platt sumOdds = platt();
        Optional<Fitted> vector = in.readBoolean() ? Optional.of(fitted()) : Optional.empty();
        require(in.read() < 0, "more than a model");
        return new TrainedModel(
                Collections.unmodifiableMap(card),
                vectorizer,
                familiarity,
                new Centres(centres),
                text,
                textOdds,
                vector,
                sumOdds);
    }

    private Vectorizer vectorizer() throws IOException {
        Rarity words = rarity();
        Rarity parts = rarity();
        int width = count(LONGEST_VECTOR);
        require(width == ShapeFeature.values().length, "other features");
        double[] mean = new double[width];
        double[] spread = new double[width];
        for (int i = 0; i < width; i++) {
            mean[i] = number(in.readDouble());
            spread[i] = number(in.readDouble());
            require(spread[i] > 0, "a spread of 0");
        }
        return new Vectorizer(words, parts, new Scale(mean, spread), vector());
    }

    private Rarity rarity() throws IOException {
        int count = count(MOST_GRAMS);
        Map<String, Float> weights = HashMap.newHashMap(Math.min(count, 1 << 20));
        for (int i = 0; i < count; i++) {
            weights.put(in.readUTF(), (float) number(in.readFloat()));
        }
        return new Rarity(weights);
    }

    private Familiarity.Range range() throws IOException {
        return new Familiarity.Range(number(in.readDouble()), number(in.readDouble()));
    }

    private float[] vector() throws IOException {
        float[] vector = new float[count(LONGEST_VECTOR)];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) number(in.readFloat());
        }
        return vector;
    }

    /** Tribuo makes objects of whatever class its file names: it is let near none but the one that this plugin writes. */
    private Fitted fitted() throws IOException {
        byte[] bytes = in.readNBytes(count(LARGEST_MODEL));
        ModelProto proto = ModelProto.parseFrom(bytes);
        require(proto.getClassName().equals(LinearSGDModel.class.getName()), "another kind of model");
        if (!(Model.deserialize(proto) instanceof LinearSGDModel model)) {
            throw new IOException("found another kind of model");
        }
        return Fitted.of(model);
    }

    private Platt platt() throws IOException {
        return new Platt(number(in.readDouble()), number(in.readDouble()));
    }

    private int count(int most) throws IOException {
        int count = in.readInt();
        require(count >= 0 && count <= most, "a count of " + count);
        return count;
    }

    private static double number(double number) throws IOException {
        require(Double.isFinite(number), "a number that is none");
        return number;
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException("found " + otherwise);
        }
    }
}
