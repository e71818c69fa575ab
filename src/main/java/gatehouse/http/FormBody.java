package gatehouse.http;

import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Problem.FieldError;
import gatehouse.kernel.ProblemType;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code multipart/form-data} body (RFC 7578) that is in memory already and not longer than the contract lets it be: taken apart when first
 * asked for, by Netty, never onto the disk. The names of files and the types that the client claims are not even read.
 */
final class FormBody {
    static final String MEDIA_TYPE = "multipart/form-data";
    private static final int MOST_FIELDS = 16;
    private static final int MOST_HEAD_BYTES = 8 * 1024;
    /** RFC 2046: 1 to 70 characters, quoted or not. */
    private static final Pattern BOUNDARY = Pattern.compile("(?i).*;\\s*boundary=(\"?)([0-9a-z'()+_,./:=?-]{1,70})\\1\\s*(;.*)?");

    private final String contentType;
    private final Buffer bytes;
    private final Contract.Fields contract;
    private @Nullable SortedMap<String, byte[]> fields;

    FormBody(@Nullable String contentType, Buffer bytes, Contract.Fields contract) {
        this.contentType = contentType == null ? "" : contentType;
        this.bytes = bytes;
        this.contract = contract;
    }

    /** Name and content of each field, valid against the contract. */
    SortedMap<String, byte[]> fields() {
        if (fields == null) {
            fields = read();
        }
        return fields;
    }

    private SortedMap<String, byte[]> read() {
        var boundary = BOUNDARY.matcher(contentType);
        if (!boundary.matches()) {
            throw Problem.of(ProblemType.MALFORMED_FORM);
        }
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(bytes.getBytes()));
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, MEDIA_TYPE + "; boundary=\"" + boundary.group(2) + '"');
        HttpPostMultipartRequestDecoder decoder = null;
        try {
            decoder = new HttpPostMultipartRequestDecoder(new DefaultHttpDataFactory(false), request, StandardCharsets.UTF_8, MOST_FIELDS, MOST_HEAD_BYTES);
            var parts = new ArrayList<HttpData>();
            while (decoder.hasNext()) {
                parts.add((HttpData) decoder.next());
            }
            if (decoder.currentPartialHttpData() != null) {
                throw Problem.of(ProblemType.MALFORMED_FORM);
            }
            return checked(parts);
        } catch (HttpPostRequestDecoder.EndOfDataDecoderException end) {
            throw new IllegalStateException(end);
        } catch (HttpPostRequestDecoder.ErrorDataDecoderException | HttpPostRequestDecoder.NotEnoughDataDecoderException
                 | HttpPostRequestDecoder.TooManyFormFieldsException | HttpPostRequestDecoder.TooLongFormFieldException malformed) {
            throw Problem.of(ProblemType.MALFORMED_FORM);
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
        }
    }

    private SortedMap<String, byte[]> checked(List<HttpData> parts) {
        var faults = new ArrayList<FieldError>();
        var found = new TreeMap<String, byte[]>();
        for (var part : parts) {
            if (!contract.known().contains(part.getName())) {
                faults.add(new FieldError(pointer(part.getName()), FieldFault.UNKNOWN_FIELD, List.of()));
            } else if (found.put(part.getName(), content(part)) != null) {
                faults.add(new FieldError(pointer(part.getName()), FieldFault.TOO_MANY_ITEMS, List.of(1)));
            }
        }
        for (var name : contract.required()) {
            if (!found.containsKey(name)) {
                faults.add(new FieldError(pointer(name), FieldFault.REQUIRED, List.of()));
            }
        }
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
        return found;
    }

    private static byte[] content(HttpData part) {
        try {
            return part.get();
        } catch (IOException neverOnDisk) {
            throw new IllegalStateException(neverOnDisk);
        }
    }

    private static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
