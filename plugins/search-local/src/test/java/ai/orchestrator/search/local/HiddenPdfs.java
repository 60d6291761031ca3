package ai.orchestrator.search.local;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDPropertyList;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.optionalcontent.PDOptionalContentGroup;
import org.apache.pdfbox.pdmodel.graphics.optionalcontent.PDOptionalContentProperties;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationText;

/** PDFs with something in them that readers do not see, and a few that are hard to read. */
final class HiddenPdfs {
    private static final String SHOWN = "BT /F 12 Tf 0 g 50 700 Td (%s) Tj ET\n";
    private static final String SHOW = "(%s) Tj ET";

    private HiddenPdfs() {}

    /** One page that shows one text and hides another. */
    static byte[] of(HiddenIn way, String shown, String hidden) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            PDPage page = page(pdf);
            page.setMediaBox(new PDRectangle(0, 0, 600, 800));
            page.setCropBox(new PDRectangle(20, 20, 500, 760));
            prepare(pdf, page, way, hidden);
            String more = operators(way).formatted(hidden.replace("(", "\\(").replace(")", "\\)"));
            write(pdf, page, SHOWN.formatted(shown) + more);
            return save(pdf);
        }
    }

    private static String operators(HiddenIn way) {
        return switch (way) {
            case INVISIBLE_MODE -> "BT /F 12 Tf 3 Tr 50 600 Td " + SHOW;
            case WHITE -> "BT /F 12 Tf 1 1 1 rg 50 600 Td " + SHOW;
            case WHITE_GRAY -> "BT /F 12 Tf 0.99 g 50 600 Td " + SHOW;
            case WHITE_INK -> "BT /F 12 Tf 0 0 0 0 k 50 600 Td " + SHOW;
            case WHITE_SPOT_INK -> "BT /F 12 Tf /Spot cs 0 scn 50 600 Td " + SHOW;
            case WHITE_PROFILE -> "BT /F 12 Tf /Profile cs 1 1 1 sc 50 600 Td " + SHOW;
            case GROUND_COLOUR -> "0 0 1 rg 40 580 300 60 re f BT /F 12 Tf 0.01 0 1 rg 50 600 Td " + SHOW;
            case TRANSPARENT -> "q /Clear gs BT /F 12 Tf 50 600 Td " + SHOW + " Q";
            case TINY -> "BT /F 0.5 Tf 50 600 Td " + SHOW;
            case TINY_BY_MATRIX -> "BT /F 12 Tf 0.01 0 0 0.01 50 600 Tm " + SHOW;
            case NARROW -> "BT /F 12 Tf 1 Tz 50 600 Td " + SHOW;
            case BEYOND_CROP -> "BT /F 12 Tf 50 5 Td " + SHOW;
            case BEYOND_PAGE -> "BT /F 12 Tf 5000 600 Td " + SHOW;
            case LAYER_OFF -> "/OC /Off BDC BT /F 12 Tf 50 600 Td " + SHOW + " EMC";
            case FORM_OFF -> "/Form Do %%%s";
            case ACTUAL_TEXT -> "/Span <</ActualText (%s)>> BDC BT /F 12 Tf 50 600 Td (harmless) Tj ET EMC";
            case ANNOTATION, ATTACHMENT, SCRIPT, KEYWORDS -> "%%%s";
        };
    }

    private static void prepare(PDDocument pdf, PDPage page, HiddenIn way, String hidden) throws IOException {
        PDResources resources = page.getResources();
        switch (way) {
            case WHITE_SPOT_INK -> {
                COSArray spot = new COSArray();
                spot.add(COSName.SEPARATION);
                spot.add(COSName.getPDFName("Gold"));
                spot.add(COSName.DEVICECMYK);
                spaces(resources).setItem("Spot", spot);
            }
            case WHITE_PROFILE -> {
                COSStream profile = pdf.getDocument().createCOSStream();
                profile.setInt(COSName.N, 3);
                profile.createOutputStream().close();
                COSArray space = new COSArray();
                space.add(COSName.ICCBASED);
                space.add(profile);
                spaces(resources).setItem("Profile", space);
            }
            case TRANSPARENT -> {
                PDExtendedGraphicsState clear = new PDExtendedGraphicsState();
                clear.setNonStrokingAlphaConstant(0f);
                resources.put(COSName.getPDFName("Clear"), clear);
            }
            case LAYER_OFF -> resources.put(COSName.getPDFName("Off"), (PDPropertyList) layerOff(pdf));
            case FORM_OFF -> {
                PDFormXObject form = form(pdf, resources, "BT /F 12 Tf 50 600 Td (" + hidden + ") Tj ET");
                form.getCOSObject().setItem(COSName.OC, layerOff(pdf));
                resources.put(COSName.getPDFName("Form"), form);
            }
            case ANNOTATION -> {
                PDAnnotationText note = new PDAnnotationText();
                note.setContents(hidden);
                page.getAnnotations().add(note);
            }
            case ATTACHMENT -> attach(pdf, hidden);
            case SCRIPT ->
                pdf.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert('" + hidden + "')"));
            case KEYWORDS -> pdf.getDocumentInformation().setKeywords(hidden);
            default -> {
                // its operators do it
            }
        }
    }

    /** A page that shows its text in white on a blue bar. */
    static byte[] whiteOnBlue(String text) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            write(pdf, page(pdf), "0 0 0.6 rg 40 580 300 60 re f BT /F 12 Tf 1 g 50 600 Td (" + text + ") Tj ET");
            return save(pdf);
        }
    }

    /** A small file whose page takes for ever: each form shows the next one so many times. */
    static byte[] laughs(int depth, int times) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            PDPage page = page(pdf);
            PDResources inner = page.getResources();
            for (int i = 0; i < depth; i++) {
                PDFormXObject form = form(pdf, inner, "/Form Do\n".repeat(times));
                inner = new PDResources();
                inner.put(COSName.getPDFName("F"), new PDType1Font(FontName.HELVETICA));
                inner.put(COSName.getPDFName("Form"), form);
            }
            page.setResources(inner);
            write(pdf, page, "/Form Do\n");
            return save(pdf);
        }
    }

    private static COSDictionary spaces(PDResources resources) {
        COSDictionary spaces = new COSDictionary();
        resources.getCOSObject().setItem(COSName.COLORSPACE, spaces);
        return spaces;
    }

    private static PDOptionalContentGroup layerOff(PDDocument pdf) {
        PDOptionalContentProperties layers = new PDOptionalContentProperties();
        PDOptionalContentGroup off = new PDOptionalContentGroup("off");
        layers.addGroup(off);
        layers.setGroupEnabled(off, false);
        pdf.getDocumentCatalog().setOCProperties(layers);
        return off;
    }

    private static PDFormXObject form(PDDocument pdf, PDResources resources, String operators) throws IOException {
        PDFormXObject form = new PDFormXObject(
                new PDStream(pdf, new ByteArrayInputStream(operators.getBytes(StandardCharsets.US_ASCII))));
        form.setBBox(new PDRectangle(0, 0, 600, 800));
        form.setResources(resources);
        return form;
    }

    private static void attach(PDDocument pdf, String text) throws IOException {
        PDComplexFileSpecification file = new PDComplexFileSpecification();
        file.setFile("note.txt");
        file.getCOSObject().setItem("Desc", new COSString(text));
        file.setEmbeddedFile(
                new PDEmbeddedFile(pdf, new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII))));
        PDEmbeddedFilesNameTreeNode files = new PDEmbeddedFilesNameTreeNode();
        files.setNames(Map.of("note.txt", file));
        PDDocumentNameDictionary names = new PDDocumentNameDictionary(pdf.getDocumentCatalog());
        names.setEmbeddedFiles(files);
        pdf.getDocumentCatalog().setNames(names);
    }

    private static PDPage page(PDDocument pdf) {
        PDPage page = new PDPage();
        page.setResources(new PDResources());
        page.getResources().put(COSName.getPDFName("F"), new PDType1Font(FontName.HELVETICA));
        pdf.addPage(page);
        return page;
    }

    private static void write(PDDocument pdf, PDPage page, String operators) throws IOException {
        PDStream content = new PDStream(pdf);
        try (OutputStream out = content.createOutputStream(COSName.FLATE_DECODE)) {
            out.write(operators.getBytes(StandardCharsets.ISO_8859_1));
        }
        page.setContents(content);
    }

    private static byte[] save(PDDocument pdf) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        pdf.save(bytes);
        return bytes.toByteArray();
    }
}
