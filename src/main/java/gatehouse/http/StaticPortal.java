package gatehouse.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The portal's files, out of the jar: compressed once, revalidated by ETag, under a strict content security policy. */
public final class StaticPortal implements Handler<RoutingContext> {
    /** Segments of names only: nothing that climbs out, nothing hidden. */
    private static final Pattern SAFE_PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?");
    private static final Map<String, String> MEDIA_TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"), Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"), Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"), Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"), Map.entry("png", "image/png"), Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"), Map.entry("txt", "text/plain; charset=utf-8"), Map.entry("md", "text/plain; charset=utf-8"));
    private static final Set<String> NOT_WORTH_COMPRESSING = Set.of("png", "woff2", "ico");
    private static final Pattern GZIP = Pattern.compile("(?i)(^|[,\\s])gzip\\b");
    private static final Pattern NO_GZIP = Pattern.compile("(?i)(^|[,\\s])gzip\\s*;\\s*q=0(\\.0*)?\\s*(,|$)");

    private record File(String mediaType, byte[] plain, byte[] gzip, String etag) {
    }

    private final Map<String, Optional<File>> files = new ConcurrentHashMap<>();
    private final Executor virtualThreads;

    public StaticPortal(Executor virtualThreads) {
        this.virtualThreads = virtualThreads;
    }

    @Override
    public void handle(RoutingContext context) {
        var path = context.request().path();
        if (path.equals("/") || path.equals("/resident") || path.equals("/staff")) {
            context.response().setStatusCode(302).putHeader("Location", path.equals("/staff") ? "/staff/" : "/resident/").end();
            return;
        }
        var name = path.endsWith("/") ? path + "index.html" : path;
        var known = files.get(name);
        if (known != null) {
            send(context, known);
        } else if (!SAFE_PATH.matcher(path).matches()) {
            send(context, Optional.empty());
        } else {
            virtualThreads.execute(() -> {
                try {
                    var file = load(name);
                    if (file.isPresent()) {
                        files.put(name, file);
                    }
                    send(context, file);
                } catch (RuntimeException unreadable) {
                    context.fail(500, unreadable);
                }
            });
        }
    }

    private void send(RoutingContext context, Optional<File> found) {
        var request = context.request();
        var response = context.response();
        if (found.isEmpty()) {
            response.setStatusCode(404).putHeader("Content-Type", "text/plain; charset=utf-8").end("404\n");
            return;
        }
        var file = found.get();
        boolean vendored = request.path().startsWith("/vendor/");
        response.putHeader("ETag", file.etag).putHeader("Vary", "Accept-Encoding")
                .putHeader("Cache-Control", vendored ? "public, max-age=86400" : "no-cache");
        var ifNoneMatch = request.getHeader("If-None-Match");
        if (ifNoneMatch != null && isKnownTo(ifNoneMatch, file)) {
            response.setStatusCode(304).end();
            return;
        }
        boolean compress = file.gzip.length > 0 && takesGzip(request.getHeader("Accept-Encoding"));
        if (compress) {
            response.putHeader("Content-Encoding", "gzip");
        }
        HttpDoor.end(request, response.putHeader("Content-Type", file.mediaType), Buffer.buffer(compress ? file.gzip : file.plain));
    }

    /** RFC 9110: compared weakly; a proxy that compresses makes a strong tag weak. */
    private static boolean isKnownTo(String ifNoneMatch, File file) {
        return Stream.of(ifNoneMatch.split(",")).map(String::strip).anyMatch(tag -> tag.equals("*") || tag.equals(file.etag));
    }

    private static boolean takesGzip(@Nullable String acceptEncoding) {
        return acceptEncoding != null && GZIP.matcher(acceptEncoding).find() && !NO_GZIP.matcher(acceptEncoding).find();
    }

    private static Optional<File> load(String name) {
        var extension = name.substring(name.lastIndexOf('.') + 1);
        var mediaType = MEDIA_TYPES.get(extension);
        if (mediaType == null) {
            return Optional.empty();
        }
        return read(name).or(() -> PortalWords.joined(name, StaticPortal::read)).map(plain ->
                new File(mediaType, plain, NOT_WORTH_COMPRESSING.contains(extension) ? new byte[0] : gzip(plain), etag(plain)));
    }

    private static Optional<byte[]> read(String name) {
        try (var stream = StaticPortal.class.getResourceAsStream("/portal" + name)) {
            return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] gzip(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return bytes.toByteArray();
    }

    private static String etag(byte[] plain) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(plain);
            return "W/\"" + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
