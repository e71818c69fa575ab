package gatehouse.miniprogram;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gatehouse.http.Contract;
import gatehouse.http.Contract.Parameter.In;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What WeChat's developer tool wants of the files, and that the functions for the API are the contract's. */
@Timeout(60)
class MiniProgramFilesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Contract CONTRACT = Contract.load();
    private static final Pattern HANDLER = Pattern.compile("(?:bind|catch):?\\w+=\"([^\"]+)\"");
    private static final Pattern QUOTED = Pattern.compile("'(\\w+)'|^(\\w+)$");
    private static final Pattern FOR_WITHOUT_KEY = Pattern.compile("<[^>]*wx:for=(?:(?!wx:key)[^>])*>");
    private static final Pattern SMALL_TYPE = Pattern.compile("font-size:\\s*+(?!(?:[1-9]\\d*(?:\\.\\d+)?)rem)[^;]+;");
    /** What came after ES2017, or is not within reach in WeChat. */
    private static final Pattern TOO_NEW = Pattern.compile("\\?\\.\\w|\\?\\?|\\{ ?\\.\\.\\.|catch \\{|(?m:^import |^export )|\\bdocument\\.|\\bwindow\\.|\\.flatMap\\(|\\.replaceAll\\(|\\.matchAll\\(|\\.flat\\(|\\.at\\(-");

    private static JsonNode json(String file) {
        try {
            return JSON.readTree(Phone.PROGRAM.resolve(file).toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(Phone.PROGRAM)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
    }

    @Test
    void api_isWrittenFromTheContractAsItStands() throws IOException {
        var written = new ApiFile(CONTRACT).text();
        var fresh = Files.createDirectories(Path.of("target", "miniprogram")).resolve("api.js");
        Files.writeString(fresh, written);
        assertTrue(written.equals(Files.readString(ApiFile.PLACE)), "the contract has changed: cp " + fresh + " " + ApiFile.PLACE);
    }

    @Test
    void everyOperation_hasItsFunction_withMethodAndPath_andNoFunctionIsLeftOver() {
        try (var phone = Phone.of("http://127.0.0.1:1")) {
            phone.launch("/pages/login/login");
            assertEquals(new TreeSet<>(CONTRACT.operations().keySet()), new TreeSet<>(texts(phone.tell("exported", Map.of("file", "utils/api.js")))));
            var file = new ApiFile(CONTRACT);
            var wrong = new ArrayList<String>();
            for (var operation : CONTRACT.operations().values()) {
                if (file.way(operation) == ApiFile.Way.STREAM) {
                    continue;
                }
                var sent = phone.tell("capture", Map.of("name", operation.operationId(), "args", arguments(operation)));
                var path = "/api/v1" + operation.path().replaceAll("\\{(\\w+)}", "of-$1");
                var query = operation.parameters().stream().filter(each -> each.in() == In.QUERY).map(each -> each.name() + "=of-" + each.name())
                        .collect(Collectors.joining("&"));
                var keyed = operation.parameters().stream().anyMatch(each -> each.name().equals("Idempotency-Key"));
                if (!sent.path("method").asText().equals(operation.method()) || !sent.path("path").asText().equals(query.isEmpty() ? path : path + "?" + query)
                        || sent.path("key").isTextual() != keyed) {
                    wrong.add(operation.operationId() + ": " + sent);
                }
            }
            assertEquals(List.of(), wrong);
        }
    }

    private static List<Object> arguments(Contract.Operation operation) {
        var arguments = new ArrayList<Object>();
        if (ApiFile.hasParams(operation)) {
            var params = new LinkedHashMap<String, String>();
            operation.parameters().stream().filter(each -> each.in() != In.HEADER).forEach(each -> params.put(each.name(), "of-" + each.name()));
            arguments.add(params);
        }
        if (operation.body() != null) {
            arguments.add(Map.of());
        }
        return arguments;
    }

    @Test
    void everyPageAndComponent_isWhole() throws IOException {
        var app = json("app.json");
        var named = new ArrayList<>(texts(app.path("pages")));
        for (var file : files(".json")) {
            var folder = file.getParent();
            for (var used : JSON.readTree(file.toFile()).path("usingComponents")) {
                var place = used.asText();
                if (!place.startsWith("weui-miniprogram/")) {
                    named.add(Phone.PROGRAM.relativize(place.startsWith("/") ? Phone.PROGRAM.resolve(place.substring(1)) : folder.resolve(place).normalize()).toString());
                }
            }
        }
        named.add("custom-tab-bar/index");
        for (var name : named) {
            for (var ending : List.of(".js", ".json", ".wxml")) {
                assertTrue(Files.exists(Phone.PROGRAM.resolve(name + ending)), name + ending);
            }
        }
        try (Stream<Path> folders = Files.list(Phone.PROGRAM.resolve("pages"))) {
            var pages = folders.map(folder -> "pages/" + folder.getFileName() + "/" + folder.getFileName()).collect(Collectors.toCollection(TreeSet::new));
            assertEquals(pages, new TreeSet<>(texts(app.path("pages"))), "a page that nobody can open, or none where one is named");
        }
        assertTrue(app.path("__usePrivacyCheck__").asBoolean() && app.at("/useExtendedLib/weui").asBoolean());
        assertTrue(texts(app.path("pages")).containsAll(app.at("/tabBar/list").findValuesAsText("pagePath")));
        assertEquals("sitemap.json", app.path("sitemapLocation").asText());
        assertTrue(json("project.config.json").hasNonNull("libVersion"));
    }

    @Test
    void everyHandlerOfATemplate_isAFunctionOfItsScript() throws IOException {
        var missing = new ArrayList<String>();
        var frame = read(Phone.PROGRAM.resolve("utils/page.js"));
        for (var template : files(".wxml")) {
            var script = read(Path.of(template.toString().replaceAll("wxml$", "js")));
            for (var found : HANDLER.matcher(read(template)).results().toList()) {
                var handlers = QUOTED.matcher(found.group(1)).results().map(each -> each.group(1) == null ? each.group(2) : each.group(1)).toList();
                for (var handler : handlers) {
                    var method = Pattern.compile("^ {2,4}(?:async )?" + handler + "\\(", Pattern.MULTILINE);
                    if (!method.matcher(script).find() && !(script.contains("page({") && method.matcher(frame).find())) {
                        missing.add(template.getFileName() + ": " + handler);
                    }
                }
            }
            if (FOR_WITHOUT_KEY.matcher(read(template)).find()) {
                missing.add(template.getFileName() + ": wx:for without wx:key");
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void scripts_areOldEnoughForOldPhones_andTypeIsNeverSmall() throws IOException {
        var faults = new ArrayList<String>();
        for (var script : files(".js")) {
            TOO_NEW.matcher(read(script)).results().forEach(found -> faults.add(script.getFileName() + ": " + found.group()));
        }
        for (var sheet : files(".wxss")) {
            SMALL_TYPE.matcher(read(sheet)).results().forEach(found -> faults.add(sheet.getFileName() + ": " + found.group()));
        }
        for (var template : files(".wxml")) {
            if (template.toString().contains("/pages/") && !read(template).startsWith("<page-meta root-font-size=\"{{rootFontSize}}\"")) {
                faults.add(template.getFileName() + " does not take the person's size of type");
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void placesOfTheTravelPage_areThePortals() {
        var block = Pattern.compile("const PLACES = \\{.*?\\n};", Pattern.DOTALL);
        var portal = block.matcher(read(Path.of("src", "main", "resources", "portal", "shared", "regions.js")));
        var own = block.matcher(read(Phone.PROGRAM.resolve("utils/regions.js")));
        assertTrue(portal.find() && own.find());
        assertEquals(portal.group(), own.group());
    }

    @Test
    void address_isOneSetting_andNothingSecretIsInTheFiles() throws IOException {
        for (var script : files(".js")) {
            var text = read(script);
            assertAll(() -> assertFalse(text.contains("://") && !script.endsWith("config.js") && !script.toString().contains("vendor"), script + " has an address of its own"),
                    () -> assertFalse(Pattern.compile("(?i)(secret|token|key)\\w*['\"]?\\s*[:=]\\s*['\"]\\w{16,}").matcher(text).find(), script.toString()));
        }
    }

    @Test
    void vendoredFiles_areThePublishedOnes_withTheirLicence() throws Exception {
        var folder = Phone.PROGRAM.resolve("vendor");
        var listed = json("vendor/vendor.json").path("files");
        for (var entry : listed) {
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve(entry.path("file").asText())));
            assertEquals(entry.path("sha256").asText(), HexFormat.of().formatHex(digest), entry.path("file").asText());
            assertTrue(Files.exists(folder.resolve(entry.path("licenceFile").asText())));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(files.filter(file -> file.toString().endsWith(".js")).count(), listed.size());
        }
    }
}
