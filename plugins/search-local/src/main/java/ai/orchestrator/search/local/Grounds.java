package ai.orchestrator.search.local;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pdfbox.contentstream.PDFStreamEngine;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorProcessor;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.util.Matrix;

/** What colour a page has where text stands on it: white paper, and the filled rectangles on that. Other shapes and pictures are not followed. */
final class Grounds {
    /** Rectangles of one page, the last ones. */
    private static final int MOST = 500;

    /** Colours that differ by no more than this, in each of red, green and blue, are the same to the eye. */
    private static final float SAME = 0.06f;

    private static final float[] PAPER = {1, 1, 1};

    private record Ground(Rectangle2D area, float[] colour) {}

    private final List<Ground> painted = new ArrayList<>();
    private final List<Rectangle2D> path = new ArrayList<>();

    /** Follows the page from its beginning. */
    void clear() {
        painted.clear();
        path.clear();
    }

    /** Whether something of this colour cannot be seen at the place, in the units of the page. Of a colour that is not known, nobody can say. */
    boolean hides(PDColor colour, float x, float y) {
        float[] ground = PAPER;
        for (Ground rectangle : painted) {
            if (rectangle.area().contains(x, y)) {
                ground = rectangle.colour();
            }
        }
        float[] text = rgb(colour);
        if (text.length != 3 || ground.length != 3) {
            return false;
        }
        for (int i = 0; i < 3; i++) {
            if (Math.abs(text[i] - ground[i]) > SAME) {
                return false;
            }
        }
        return true;
    }

    List<OperatorProcessor> operators(PDFStreamEngine engine) {
        List<OperatorProcessor> all = new ArrayList<>();
        all.add(new OperatorProcessor(engine) {
            @Override
            public void process(Operator operator, List<COSBase> operands) {
                add(engine, operands);
            }

            @Override
            public String getName() {
                return "re";
            }
        });
        Stream.of("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n").forEach(name -> all.add(end(engine, name)));
        return all;
    }

    private OperatorProcessor end(PDFStreamEngine engine, String name) {
        return new OperatorProcessor(engine) {
            @Override
            public void process(Operator operator, List<COSBase> operands) {
                if ("fFbB".indexOf(name.charAt(0)) >= 0
                        && engine.getGraphicsState().getNonStrokeAlphaConstant() > 0.5) {
                    fill(rgb(engine.getGraphicsState().getNonStrokingColor()));
                }
                path.clear();
            }

            @Override
            public String getName() {
                return name;
            }
        };
    }

    private void add(PDFStreamEngine engine, List<COSBase> operands) {
        if (operands.size() == 4 && path.size() < MOST && operands.stream().allMatch(COSNumber.class::isInstance)) {
            float x = ((COSNumber) operands.get(0)).floatValue();
            float y = ((COSNumber) operands.get(1)).floatValue();
            Matrix place = engine.getGraphicsState().getCurrentTransformationMatrix();
            Point2D one = place.transformPoint(x, y);
            Point2D other = place.transformPoint(
                    x + ((COSNumber) operands.get(2)).floatValue(), y + ((COSNumber) operands.get(3)).floatValue());
            Rectangle2D area = new Rectangle2D.Double();
            area.setFrameFromDiagonal(one, other);
            path.add(area);
        }
    }

    /** The black that pages begin with is a grey. */
    private static float[] rgb(PDColor colour) {
        float[] parts = colour.getComponents();
        return parts.length == 1 ? new float[] {parts[0], parts[0], parts[0]} : parts;
    }

    private void fill(float[] colour) {
        for (Rectangle2D area : path) {
            if (painted.size() == MOST) {
                painted.removeFirst();
            }
            painted.add(new Ground(area, colour));
        }
    }
}
