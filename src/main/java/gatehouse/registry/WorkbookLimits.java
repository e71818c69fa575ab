package gatehouse.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Walks a workbook once before it is read, with the reader's own unzipping and XML, because the reader trusts what it finds: a
 * few kilobytes can unpack to gigabytes, and one cell address can ask for a row of billions of cells.
 */
final class WorkbookLimits {

    private static final int PARTS_MAX = 1_000;
    private static final long UNPACKED_BYTES_MAX = 200L << 20;
    /** Excel's own limit for a cell is 32,767. */
    private static final int TEXT_CHARACTERS_MAX = 40_000;
    /** Rows times their width; blank cells to the left of a written one cost memory too. */
    private static final long ROOM_FOR_CELLS_MAX = 20_000_000;
    /** The reader compares every cell with each of them. */
    private static final int ARRAY_FORMULAS_MAX = 200;
    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z]{1,3})[0-9]{1,7}");

    private final XMLInputFactory xml = XMLInputFactory.newInstance();
    private long unpackedBytes;
    private long roomForCells;
    private int arrayFormulas;

    private WorkbookLimits() {
        xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    /** @throws RosterUnreadable if this is no workbook, is damaged, or would take too much to read */
    static void check(byte[] content) throws RosterUnreadable {
        try (var channel = new SeekableInMemoryByteChannel(content);
                ZipFile zip = ZipFile.builder().setSeekableByteChannel(channel).get()) {
            if (zip.getEntry("[Content_Types].xml") == null) {
                throw new RosterUnreadable(RosterFault.NOT_A_SPREADSHEET);
            }
            var limits = new WorkbookLimits();
            int parts = 0;
            for (ZipArchiveEntry part : Collections.list(zip.getEntries())) {
                if (++parts > PARTS_MAX) {
                    throw new TooMuch();
                }
                limits.walk(zip.getInputStream(part));
            }
        } catch (TooMuch tooMuch) {
            throw new RosterUnreadable(RosterFault.WORKBOOK_TOO_LARGE, tooMuch);
        } catch (IOException | RuntimeException damaged) {
            throw new RosterUnreadable(RosterFault.BROKEN_WORKBOOK, damaged);
        }
    }

    /** A part that is no XML (a picture, printer settings) is only unpacked and counted. */
    private void walk(InputStream part) throws IOException {
        try (InputStream counted = new Counted(part)) {
            walkXml(counted);
            counted.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void walkXml(InputStream part) throws IOException {
        try {
            XMLStreamReader reader = xml.createXMLStreamReader(part);
            long textCharacters = 0;
            int width = 0;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (reader.getLocalName()) {
                        case "row" -> width = 0;
                        case "c" -> {
                            textCharacters = 0;
                            width = widen(width, reader.getAttributeValue(null, "r"));
                        }
                        case "si" -> textCharacters = 0;
                        case "f" -> countFormula(reader.getAttributeValue(null, "t"));
                        default -> { }
                    }
                } else if (reader.hasText()) {
                    textCharacters += reader.getTextLength();
                    limit(textCharacters, TEXT_CHARACTERS_MAX);
                }
            }
        } catch (XMLStreamException noXmlFromHere) {
            // the reader would stop at the same place, if it ever opened this part
            return;
        }
    }

    private int widen(int width, @Nullable String address) throws IOException {
        int column = address == null ? width + 1 : column(address);
        if (column > width) {
            roomForCells += column - width;
            limit(roomForCells, ROOM_FOR_CELLS_MAX);
        }
        return Math.max(width, column);
    }

    private static int column(String address) throws IOException {
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            throw new IOException("cell address");
        }
        int column = 0;
        for (char letter : matcher.group(1).toUpperCase(Locale.ROOT).toCharArray()) {
            column = column * 26 + letter - 'A' + 1;
        }
        return column;
    }

    private void countFormula(@Nullable String type) throws TooMuch {
        if ("array".equals(type)) {
            limit(++arrayFormulas, ARRAY_FORMULAS_MAX);
        }
    }

    private static void limit(long amount, long max) throws TooMuch {
        if (amount > max) {
            throw new TooMuch();
        }
    }

    private static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Counts what all parts unpack to; what an entry says of its own size is not believed. */
    private final class Counted extends FilterInputStream {

        Counted(InputStream part) {
            super(part);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int bytes) throws TooMuch {
            unpackedBytes += bytes;
            limit(unpackedBytes, UNPACKED_BYTES_MAX);
        }
    }
}
