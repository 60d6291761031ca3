package ai.orchestrator.classifier.tribuo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A model as a file: a mark with the format's version, the SHA-256 of what follows, and that, compressed. Nothing is made of a file whose
 * sum is wrong.
 */
final class ModelFile {
    private static final byte[] MARK = "AI Orchestrator classifier 3\n".getBytes(StandardCharsets.US_ASCII);
    /** The mark without the version. */
    private static final int FAMILY = MARK.length - 2;

    private static final int SUM = 32;
    private static final int LARGEST = 256 << 20;

    private ModelFile() {}

    static byte[] write(TrainedModel model) {
        try {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(packed))) {
                new ModelWriter(out).write(model);
            }
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.write(MARK);
            file.write(sha256(packed.toByteArray()));
            file.write(packed.toByteArray());
            return file.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
    }

    static TrainedModel read(byte[] file) throws BadModelFileException {
        if (file.length < MARK.length + SUM || !Arrays.equals(file, 0, FAMILY, MARK, 0, FAMILY)) {
            throw new BadModelFileException("it is no model file of this classifier");
        }
        if (!Arrays.equals(file, 0, MARK.length, MARK, 0, MARK.length)) {
            throw new BadModelFileException("it was written by another release, and has to be trained anew");
        }
        byte[] packed = Arrays.copyOfRange(file, MARK.length + SUM, file.length);
        if (!MessageDigest.isEqual(sha256(packed), Arrays.copyOfRange(file, MARK.length, MARK.length + SUM))) {
            throw new BadModelFileException("it is damaged: its checksum is wrong");
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new ModelReader(new DataInputStream(new ByteArrayInputStream(unpacked.readNBytes(LARGEST)))).read();
        } catch (IOException | RuntimeException e) {
            throw new BadModelFileException("it does not hold what a model has to", e);
        }
    }

    /** Names a model: the first 12 hexadecimal digits of its checksum. */
    static String fingerprint(byte[] file) {
        return HexFormat.of().formatHex(sha256(file)).substring(0, 12);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
