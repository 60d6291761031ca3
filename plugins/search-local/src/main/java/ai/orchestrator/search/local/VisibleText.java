package ai.orchestrator.search.local;

import ai.orchestrator.plugin.document.DocumentLimits;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.state.PDGraphicsState;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;

/**
 * Takes from pages the text that can be seen on them: not what is drawn invisibly, in the colour of its ground, smaller than a point, beyond the
 * page's edge, or in a layer that is off. Text below a picture, or cut off by a clipping path, is taken for visible. The texts that a document
 * tells machines to read in the place of what it shows are not taken.
 */
final class VisibleText extends PDFTextStripper {
    private static final double LEAST_ALPHA = 0.1;

    /** In points; what is smaller nobody reads. */
    private static final float LEAST_SIZE = 1;

    private static final int OPERATORS_BETWEEN_LOOKS = 1 << 8;

    private final DocumentLimits limits;
    private final Layers layers;
    private final Grounds grounds = new Grounds();
    private final Deque<Boolean> hidden = new ArrayDeque<>();
    private float left;
    private float bottom;
    private int hiddenDepth;
    private int chars;
    private int operators;

    VisibleText(DocumentLimits limits, Layers layers) {
        this.limits = limits;
        this.layers = layers;
        setEndPage(limits.pages());
        setParagraphEnd("\n");
        setPageEnd("\n");
        Colours.operators(this).forEach(this::addOperator);
        grounds.operators(this).forEach(this::addOperator);
    }

    @Override
    public void processPage(PDPage page) throws IOException {
        if (chars >= limits.chars()) {
            return;
        }
        for (var streams = page.getContentStreams(); streams.hasNext(); ) {
            requireContent(streams.next());
        }
        grounds.clear();
        hidden.clear();
        hiddenDepth = 0;
        PDRectangle visible = page.getCropBox();
        left = visible.getLowerLeftX();
        bottom = visible.getLowerLeftY();
        super.processPage(page);
    }

    /** Pictures may be longer than text when unpacked; text that claims to be one may not. */
    private static void requireContent(PDStream stream) throws IOException {
        if (COSName.IMAGE.equals(stream.getCOSObject().getCOSName(COSName.SUBTYPE))) {
            throw new IOException("a picture for a page's content");
        }
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        if (operators++ % OPERATORS_BETWEEN_LOOKS == 0) {
            StoppedException.ifInterrupted();
        }
        super.processOperator(operator, operands);
    }

    @Override
    public void showForm(PDFormXObject form) throws IOException {
        requireContent(form.getContentStream());
        if (layers.isOff(form.getCOSObject().getCOSDictionary(COSName.OC))) {
            return;
        }
        super.showForm(form);
    }

    /** Without what is above, which would take {@code ActualText} for what is seen. */
    @Override
    public void beginMarkedContentSequence(COSName tag, COSDictionary properties) {
        boolean off = COSName.OC.equals(tag) && layers.isOff(properties);
        hidden.push(off);
        hiddenDepth += off ? 1 : 0;
    }

    @Override
    public void endMarkedContentSequence() {
        if (!hidden.isEmpty() && hidden.pop()) {
            hiddenDepth--;
        }
    }

    @Override
    protected void processTextPosition(TextPosition text) {
        if (chars < limits.chars() && hiddenDepth == 0 && isSeen(text)) {
            chars += text.getUnicode().length();
            super.processTextPosition(text);
        }
    }

    private boolean isSeen(TextPosition text) {
        Matrix matrix = text.getTextMatrix();
        return Math.min(matrix.getScalingFactorX(), matrix.getScalingFactorY()) >= LEAST_SIZE
                && isWithin(text, matrix)
                && isDrawn(matrix);
    }

    private static boolean isWithin(TextPosition text, Matrix matrix) {
        float width = text.getRotation() % 180 == 0 ? text.getPageWidth() : text.getPageHeight();
        float height = text.getRotation() % 180 == 0 ? text.getPageHeight() : text.getPageWidth();
        float x = matrix.getTranslateX();
        float y = matrix.getTranslateY();
        return x >= 0 && x <= width && y >= 0 && y <= height;
    }

    private boolean isDrawn(Matrix matrix) {
        float x = matrix.getTranslateX() + left;
        float y = matrix.getTranslateY() + bottom;
        PDGraphicsState state = getGraphicsState();
        RenderingMode mode = state.getTextState().getRenderingMode();
        return mode.isFill()
                        && state.getNonStrokeAlphaConstant() > LEAST_ALPHA
                        && !grounds.hides(state.getNonStrokingColor(), x, y)
                || mode.isStroke()
                        && state.getAlphaConstant() > LEAST_ALPHA
                        && !grounds.hides(state.getStrokingColor(), x, y);
    }
}
