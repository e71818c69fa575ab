package gatehouse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** What counts as an address or a range of addresses ({@code 10.0.0.0/8}, {@code fd00::/8}) in the configuration. */
final class Cidr {

    /** Nothing that could be a host name, so that parsing never asks a name server. */
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private Cidr() {
    }

    /** @return the text itself; @throws IllegalArgumentException when it is no address and no range */
    static String checked(String text) {
        int slash = text.indexOf('/');
        int mostBits = address(slash < 0 ? text : text.substring(0, slash)).getAddress().length * Byte.SIZE;
        String bits = slash < 0 ? "0" : text.substring(slash + 1);
        if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > mostBits) {
            throw new IllegalArgumentException("the length after / is not 0 to " + mostBits);
        }
        return text;
    }

    /** @throws IllegalArgumentException when the text is no IPv4 or IPv6 address */
    static InetAddress address(String literal) {
        if (!LITERAL.matcher(literal).matches()) {
            throw new IllegalArgumentException("not an address");
        }
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException malformed) {
            throw new IllegalArgumentException("not an address", malformed);
        }
    }
}
