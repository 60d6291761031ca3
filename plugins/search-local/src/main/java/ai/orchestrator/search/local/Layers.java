package ai.orchestrator.search.local;

import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDPropertyList;
import org.apache.pdfbox.pdmodel.graphics.optionalcontent.PDOptionalContentGroup;
import org.apache.pdfbox.pdmodel.graphics.optionalcontent.PDOptionalContentMembershipDictionary;
import org.apache.pdfbox.pdmodel.graphics.optionalcontent.PDOptionalContentProperties;
import org.jspecify.annotations.Nullable;

/** Which layers of a document its readers see. */
final class Layers {
    private final Optional<PDOptionalContentProperties> properties;

    Layers(PDDocument pdf) {
        properties = Optional.ofNullable(pdf.getDocumentCatalog().getOCProperties());
    }

    /** Whether what belongs to this layer, or to these layers, is not shown. */
    boolean isOff(@Nullable COSDictionary layer) {
        return layer != null && properties.isPresent() && isOff(PDPropertyList.create(layer), properties.get());
    }

    private static boolean isOff(PDPropertyList layer, PDOptionalContentProperties properties) {
        return switch (layer) {
            case PDOptionalContentGroup group -> !properties.isGroupEnabled(group);
            case PDOptionalContentMembershipDictionary several -> {
                List<PDPropertyList> members = several.getOCGs();
                yield !members.isEmpty()
                        && members.stream()
                                .allMatch(member -> member instanceof PDOptionalContentGroup group
                                        && !properties.isGroupEnabled(group));
            }
            default -> false;
        };
    }
}
