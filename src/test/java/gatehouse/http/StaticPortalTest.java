package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticPortalTest {
    private static final String SHEET = "/shared/docs.css";
    private static TestDoor door;

    @BeforeAll
    static void open() {
        door = new TestDoor("127.0.0.1");
    }

    @AfterAll
    static void close() {
        door.close();
    }

    private static RawHttp.Response get(String path, String... headers) {
        var head = new StringBuilder("GET " + path + " HTTP/1.1");
        for (var header : headers) {
            head.append("\r\n").append(header);
        }
        return RawHttp.once(door.port(), head.toString());
    }

    private static byte[] resource(String path) throws IOException {
        try (var stream = StaticPortal.class.getResourceAsStream("/portal" + path)) {
            return stream.readAllBytes();
        }
    }

    @Test
    void file_isServedWithItsTypeAndRevalidated() throws IOException {
        var response = get(SHEET);
        assertEquals(200, response.status());
        assertEquals("text/css; charset=utf-8", response.header("Content-Type"));
        assertEquals("no-cache", response.header("Cache-Control"));
        assertEquals("Accept-Encoding", response.header("Vary"));
        assertArrayEquals(resource(SHEET), response.body());
    }

    @Test
    void pages_areServedAtTheirFolders() {
        for (var page : new String[] {"/resident/", "/staff/"}) {
            var response = get(page);
            assertEquals(200, response.status());
            assertEquals("text/html; charset=utf-8", response.header("Content-Type"));
        }
        assertEquals("/resident/", get("/").header("Location"));
        assertEquals("/resident/", get("/resident").header("Location"));
        assertEquals("/staff/", get("/staff").header("Location"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void wordsOfAnApp_areJoinedToOneFile(String language) throws IOException {
        var list = new String(resource("/resident/words.js"), StandardCharsets.UTF_8);
        var words = new StringBuilder("export default {\n");
        for (var listed : Pattern.compile("import\\('([^']+\\." + language + "\\.js)'\\)").matcher(list).results().toList()) {
            new String(resource(URI.create("/resident/").resolve(listed.group(1)).getPath()), StandardCharsets.UTF_8).lines()
                    .filter(line -> line.startsWith("  ")).forEach(line -> words.append(line).append('\n'));
        }
        var response = get("/resident/all-words." + language + ".js");
        assertEquals("text/javascript; charset=utf-8", response.header("Content-Type"));
        assertEquals(words.append("};\n").toString(), new String(response.body(), StandardCharsets.UTF_8));
        assertTrue(words.toString().contains("'brand': "), "words of the shared files too");
    }

    @Test
    void wordsOfNoApp_areNotThere() {
        assertEquals(404, get("/shared/all-words.zh.js").status());
        assertEquals(404, get("/resident/all-words.fr.js").status());
    }

    @Test
    void vendoredFile_mayBeKeptADay() {
        assertEquals("public, max-age=86400", get("/vendor/weui.min.css").header("Cache-Control"));
    }

    @Test
    void gzip_isGivenToWhoTakesIt() throws IOException {
        var response = get(SHEET, "Accept-Encoding: br, gzip, deflate");
        assertEquals("gzip", response.header("Content-Encoding"));
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            assertArrayEquals(resource(SHEET), unzipped.readAllBytes());
        }
        for (var refusing : new String[] {"Accept-Encoding: identity", "Accept-Encoding: gzip;q=0", "Accept-Encoding: br, gzip; q=0.000", "X: 1"}) {
            assertNull(get(SHEET, refusing).header("Content-Encoding"), refusing);
        }
        assertEquals("gzip", get(SHEET, "Accept-Encoding: gzip;q=0.5").header("Content-Encoding"));
    }

    @Test
    void knownFile_is304() {
        var etag = get(SHEET).header("ETag");
        assertNotNull(etag);
        for (var known : new String[] {etag, "\"other\", " + etag, "*"}) {
            var response = get(SHEET, "If-None-Match: " + known);
            assertEquals(304, response.status(), known);
            assertEquals(etag, response.header("ETag"));
            assertNotNull(response.header("Content-Security-Policy"));
        }
        assertEquals(200, get(SHEET, "If-None-Match: \"other\"").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/resident/nowhere.js", "/shared/../../gatehouse.css", "/shared/../db/V001__registry.sql", "/shared/%2e%2e/db/V001__registry.sql",
        "/../db/V001__registry.sql", "/..%2fdb/V001__registry.sql", "/shared/..%5c..%5cdb", "/shared//docs.css", "//shared/docs.css", "/./shared/docs.css",
        "/shared/./docs.css", "/shared/docs.css%00.js", "/shared/docs.css/", "/.hidden", "/shared/.hidden.js", "/shared", "/openapi/gatehouse.yaml",
        "/db/V001__registry.sql", "/gatehouse/Main.class", "/shared/docs.css;x=1", "/logback.xml", "/%E9%97%A8", "/shared/docs.CSS", "/index.html"})
    void pathThatIsNoFileOfThePortal_is404UnderTheSamePolicy(String path) {
        var response = get(path);
        assertEquals(404, response.status());
        assertFalse(response.text().contains("create table"));
        assertPolicy(response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/resident/", "/staff/", "/shared/docs.css", "/docs", "/openapi.json", "/livez", "/readyz", "/nowhere", "/%zz"})
    void everyAnswerOutsideTheApi_isUnderThePolicy(String path) {
        assertPolicy(get(path));
        assertPolicy(RawHttp.once(door.port(), "DELETE " + path + " HTTP/1.1"));
    }

    private static void assertPolicy(RawHttp.Response response) {
        var policy = response.header("Content-Security-Policy");
        assertNotNull(policy, () -> response.status() + " " + response.headers());
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self';"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), policy);
        assertEquals("nosniff", response.header("X-Content-Type-Options"));
        assertEquals("no-referrer", response.header("Referrer-Policy"));
        assertEquals("same-origin", response.header("Cross-Origin-Opener-Policy"));
        assertNotNull(response.header("Permissions-Policy"));
    }

    @Test
    void transportSecurity_isDemandedBehindTlsOnly() {
        assertNull(get("/resident/").header("Strict-Transport-Security"));
        assertEquals("max-age=31536000", get("/resident/", "X-Forwarded-Proto: https").header("Strict-Transport-Security"));
        assertEquals("max-age=31536000", get("/nowhere", "X-Forwarded-Proto: https").header("Strict-Transport-Security"));
    }

    @Test
    void head_isGetWithoutBody() {
        var head = RawHttp.once(door.port(), "HEAD " + SHEET + " HTTP/1.1");
        assertEquals(200, head.status());
        assertEquals(get(SHEET).header("Content-Length"), head.header("Content-Length"));
    }

    @Test
    void otherMethod_is405() {
        var response = RawHttp.once(door.port(), "POST /resident/ HTTP/1.1", "x".repeat(100_000));
        assertEquals(405, response.status());
        assertEquals("GET, HEAD", response.header("Allow"));
    }

    @Test
    void pagesHaveNoInlineScriptOrStyle() throws IOException {
        for (var page : new String[] {"/resident/index.html", "/staff/index.html"}) {
            var html = new String(resource(page), java.nio.charset.StandardCharsets.UTF_8);
            assertFalse(html.matches("(?s).*<script(?![^>]*\\bsrc=)[^>]*>.*"), page);
            assertFalse(html.matches("(?si).*<[^>]+\\s(style|on\\w+)=.*"), page);
            assertFalse(html.matches("(?s).*(src|href)=\"https?://.*"), page);
        }
    }
}
