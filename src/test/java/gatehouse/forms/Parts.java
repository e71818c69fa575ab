package gatehouse.forms;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** The parts of a workbook, each parsed as XML. */
final class Parts {
    private Parts() {
    }

    static Map<String, Document> of(byte[] workbook) throws IOException, SAXException, ParserConfigurationException {
        var parts = new LinkedHashMap<String, Document>();
        var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), parser.parse(new ByteArrayInputStream(zip.readAllBytes())));
            }
        }
        return parts;
    }
}
