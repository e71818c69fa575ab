package gatehouse.kernel;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where something sealed stands, so that it can be sealed anew.
 *
 * @param primaryKey the columns of the table's primary key, in its order
 * @param context    what it is sealed with as associated data, its columns in braces: {@code account/{id}}
 * @param atOnce     how many of them one transaction may hold in memory
 */
public record SealedColumn(String table, String column, KeyPurpose purpose, List<String> primaryKey, String context, int atOnce) {
    private static final Pattern NAME = Pattern.compile("[a-z_]+");
    private static final Pattern PART = Pattern.compile("\\{([a-z_]+)}");
    private static final int ROWS_AT_ONCE = 200;

    /** Its names go into statements as they are. */
    public SealedColumn {
        primaryKey = List.copyOf(primaryKey);
        if (!NAME.matcher(table + column + String.join("", primaryKey)).matches()) {
            throw new IllegalArgumentException("not the name of a column: " + table + "." + column + " " + primaryKey);
        }
    }

    /** Of a table of compounds, sealed with its name and the row's id. */
    public static SealedColumn ofRow(String table, String column, KeyPurpose purpose) {
        return new SealedColumn(table, column, purpose, List.of("compound_id", "id"), table + "/{id}", ROWS_AT_ONCE);
    }

    /** Of another table. */
    public static SealedColumn of(String table, String column, KeyPurpose purpose, List<String> primaryKey, String context) {
        return new SealedColumn(table, column, purpose, primaryKey, context, ROWS_AT_ONCE);
    }

    /** The associated data of one row. */
    String contextOf(Row row) {
        return PART.matcher(context).replaceAll(part -> Matcher.quoteReplacement(text(row.getValue(part.group(1)))));
    }

    List<Object> keyOf(Row row) {
        return primaryKey.stream().map(row::getValue).toList();
    }

    String keyColumns() {
        return String.join(", ", primaryKey);
    }

    /** All that it takes to seal a row anew. */
    String columns() {
        return Stream.of(primaryKey.stream(), PART.matcher(context).results().map(part -> part.group(1)), Stream.of(column))
                .flatMap(names -> names).distinct().collect(Collectors.joining(", "));
    }

    /** The places of the key's columns among a statement's parameters, from that one on. */
    String keyParameters(int from) {
        return IntStream.range(from, from + primaryKey.size()).mapToObj(place -> "$" + place).collect(Collectors.joining(", "));
    }

    private static String text(Object value) {
        return value instanceof Buffer bytes ? HexFormat.of().formatHex(bytes.getBytes()) : value.toString();
    }
}
