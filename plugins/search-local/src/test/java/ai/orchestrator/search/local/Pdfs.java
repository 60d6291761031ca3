package ai.orchestrator.search.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** Makes PDFs. */
final class Pdfs {
    private static final int MEGABYTE = 1 << 20;

    static {
        // as the plugin does, so that the tests write no list of fonts either
        FontMappers.set(new BundledFont());
    }

    private Pdfs() {}

    /** With a page for each text; no font is embedded. */
    static byte[] pages(String title, String... texts) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            pdf.getDocumentInformation().setTitle(title);
            for (String text : texts) {
                write(pdf, text);
            }
            return save(pdf);
        }
    }

    /** With a page whose text takes a password to read. */
    static byte[] encrypted(String text, String password) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            write(pdf, text);
            StandardProtectionPolicy policy = new StandardProtectionPolicy("owner", password, new AccessPermission());
            policy.setEncryptionKeyLength(128);
            pdf.protect(policy);
            return save(pdf);
        }
    }

    /** With a page whose content is small in the file and so many megabytes unpacked. */
    static byte[] bomb(int megabytes) throws IOException {
        return packed(megabytes, List.of(COSName.FLATE_DECODE));
    }

    /** The same, packed in these ways, the last one first. */
    static byte[] packed(int megabytes, List<COSName> filters) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            PDPage page = new PDPage();
            pdf.addPage(page);
            PDStream content = new PDStream(pdf);
            byte[] spaces = " ".repeat(MEGABYTE).getBytes(StandardCharsets.US_ASCII);
            try (OutputStream out = content.getCOSObject().createOutputStream(new COSArray(filters))) {
                for (int i = 0; i < megabytes; i++) {
                    out.write(spaces);
                }
            }
            page.setContents(content);
            return save(pdf);
        }
    }

    /** With a page whose packed content is put into letters. */
    static byte[] inLetters(String text) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            write(pdf, text);
            COSStream content = pdf.getPage(0).getContentStreams().next().getCOSObject();
            byte[] operators = content.createInputStream().readAllBytes();
            COSArray filters = new COSArray(List.of(COSName.ASCII85_DECODE, COSName.FLATE_DECODE));
            try (OutputStream out = content.createOutputStream(filters)) {
                out.write(operators);
            }
            return save(pdf);
        }
    }

    private static void write(PDDocument pdf, String text) throws IOException {
        PDPage page = new PDPage();
        pdf.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
            content.beginText();
            content.setFont(new PDType1Font(FontName.HELVETICA), 12);
            content.newLineAtOffset(50, 700);
            content.showText(text);
            content.endText();
        }
    }

    private static byte[] save(PDDocument pdf) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        pdf.save(bytes);
        return bytes.toByteArray();
    }
}
