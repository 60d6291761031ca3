package ai.orchestrator.search.local;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.pdfbox.contentstream.PDFStreamEngine;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorProcessor;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.color.PDColorSpace;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceCMYK;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.graphics.color.PDPattern;
import org.apache.pdfbox.pdmodel.graphics.state.PDGraphicsState;

/**
 * Follows the colours of a page, about as well as telling text from its ground takes. PDFBox's own operators would load a document's colour
 * profiles. The state holds colours as red, green and blue; one that is not known has four parts.
 */
final class Colours extends OperatorProcessor {
    private static final PDColor BLACK = new PDColor(new float[] {0, 0, 0}, PDDeviceRGB.INSTANCE);
    private static final PDColorSpace OTHER = new PDPattern(null);
    private static final PDColor UNKNOWN = new PDColor(new float[4], PDDeviceCMYK.INSTANCE);

    private final String name;

    private Colours(PDFStreamEngine engine, String name) {
        super(engine);
        this.name = name;
    }

    /** For all operators that choose a colour. */
    static List<Colours> operators(PDFStreamEngine engine) {
        return Stream.of("g", "rg", "k", "cs", "sc", "scn", "G", "RG", "K", "CS", "SC", "SCN")
                .map(name -> new Colours(engine, name))
                .toList();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public void process(Operator operator, List<COSBase> operands) {
        boolean stroke = Character.isUpperCase(name.charAt(0));
        PDGraphicsState state = getContext().getGraphicsState();
        PDColorSpace space =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "g" -> PDDeviceGray.INSTANCE;
                    case "rg" -> PDDeviceRGB.INSTANCE;
                    case "k" -> PDDeviceCMYK.INSTANCE;
                    case "cs" -> space(operands);
                    default -> stroke ? state.getStrokingColorSpace() : state.getNonStrokingColorSpace();
                };
        PDColor colour = name.equalsIgnoreCase("cs") ? BLACK : colour(space, operands);
        if (stroke) {
            state.setStrokingColorSpace(space);
            state.setStrokingColor(colour);
        } else {
            state.setNonStrokingColorSpace(space);
            state.setNonStrokingColor(colour);
        }
    }

    private PDColorSpace space(List<COSBase> operands) {
        if (operands.isEmpty() || !(operands.getFirst() instanceof COSName wanted)) {
            return OTHER;
        }
        COSBase found = wanted;
        COSDictionary spaces = getContext().getResources() == null
                ? null
                : getContext().getResources().getCOSObject().getCOSDictionary(COSName.COLORSPACE);
        if (spaces != null && spaces.getDictionaryObject(wanted) != null) {
            found = spaces.getDictionaryObject(wanted);
        }
        if (found instanceof COSArray array && array.size() > 0 && array.getObject(0) instanceof COSName family) {
            return family.equals(COSName.ICCBASED) && array.getObject(1) instanceof COSDictionary profile
                    ? ofSize(profile.getInt(COSName.N))
                    : named(family.getName());
        }
        return found instanceof COSName family ? named(family.getName()) : OTHER;
    }

    /** Full tints of one or several inks darken as those of CMYK do. */
    private static PDColorSpace named(String family) {
        return switch (family) {
            case "DeviceGray", "CalGray", "G" -> PDDeviceGray.INSTANCE;
            case "DeviceRGB", "CalRGB", "RGB" -> PDDeviceRGB.INSTANCE;
            case "DeviceCMYK", "CMYK", "Separation", "DeviceN" -> PDDeviceCMYK.INSTANCE;
            default -> OTHER;
        };
    }

    private static PDColorSpace ofSize(int components) {
        return switch (components) {
            case 1 -> PDDeviceGray.INSTANCE;
            case 3 -> PDDeviceRGB.INSTANCE;
            case 4 -> PDDeviceCMYK.INSTANCE;
            default -> OTHER;
        };
    }

    private static PDColor colour(PDColorSpace space, List<COSBase> operands) {
        float[] given = new float[operands.size()];
        for (int i = 0; i < given.length; i++) {
            if (!(operands.get(i) instanceof COSNumber number)) {
                return UNKNOWN;
            }
            given[i] = Math.clamp(number.floatValue(), 0, 1);
        }
        if (space == PDDeviceGray.INSTANCE && given.length == 1) {
            return rgb(given[0], given[0], given[0]);
        }
        if (space == PDDeviceRGB.INSTANCE && given.length == 3) {
            return rgb(given[0], given[1], given[2]);
        }
        if (space == PDDeviceCMYK.INSTANCE && given.length == 4) {
            float light = 1 - given[3];
            return rgb((1 - given[0]) * light, (1 - given[1]) * light, (1 - given[2]) * light);
        }
        if (space == PDDeviceCMYK.INSTANCE && given.length > 0) {
            float light = 1;
            for (float tint : given) {
                light *= 1 - tint;
            }
            return rgb(light, light, light);
        }
        return UNKNOWN;
    }

    private static PDColor rgb(float red, float green, float blue) {
        return new PDColor(new float[] {red, green, blue}, PDDeviceRGB.INSTANCE);
    }
}
