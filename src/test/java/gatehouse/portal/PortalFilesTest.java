package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class PortalFilesTest {
    private static final Path PORTAL = Path.of("src/main/resources/portal");
    private static final Pattern MESSAGE = Pattern.compile("(?m)^  '([^']+)': '((?:[^'\\\\]|\\\\.)*)',$");
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern WORDS_ASKED_FOR = Pattern.compile("\\bt\\('([^']+)'[,)]");
    private static final Pattern LATER_IMPORT = Pattern.compile("\\bimport\\('([^']+)'\\)");
    private static final Pattern STATIC_IMPORT = Pattern.compile("(?m)^(?:import|export)\\b[^;]*?from '([^']+)';");
    private static final Pattern LINKED = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");
    private static final Pattern FOREIGN = Pattern.compile("(?:https?:)?//(?!www\\.w3\\.org/)[a-z0-9-]+\\.[a-z]{2,}[\\w./-]*");
    private static final Pattern NEWER_THAN_ES2020 = Pattern.compile("\\?\\?=|\\|\\|=|&&=|\\.replaceAll\\(|\\.at\\(-|Object\\.hasOwn|structuredClone|^\\s*static \\{");
    private static final Pattern HALF_MERGE = Pattern.compile("(?m)^(<{7}|>{7}) ");
    private static final int FIRST_LOAD_BYTES = 150_000;
    /** Each lists in its words.js what it says. */
    private static final List<String> APPS = List.of("resident", "staff", "staff/gate", "courier");
    private static final List<String> LANGUAGES = List.of("zh", "en");

    @Test
    void messages_inBothLanguages_haveTheSameKeysAndPlaces() throws IOException {
        for (var file : own(".zh.js")) {
            var other = Path.of(file.toString().replaceAll("\\.zh\\.js$", ".en.js"));
            assertEquals(messages(List.of(file)).keySet(), messages(List.of(other)).keySet(), file.toString());
        }
        assertEquals(own(".zh.js").size(), own(".en.js").size());
        var chinese = messages(own(".zh.js"));
        var english = messages(own(".en.js"));
        var known = Set.of("date.words");
        for (var key : chinese.keySet()) {
            if (!known.contains(key)) {
                assertEquals(placesOf(chinese.get(key)), placesOf(english.get(key)), key);
            }
        }
        assertTrue(chinese.size() > 200, "the dictionaries were read");
    }

    @Test
    void messages_askedForByAPage_areAmongThoseThatItsAppLoads() throws IOException {
        var unknown = new TreeSet<String>();
        for (var app : APPS) {
            var known = messages(wordsOf(app, "zh")).keySet();
            for (var file : reachedFrom(PORTAL.resolve(app + "/app.js"))) {
                WORDS_ASKED_FOR.matcher(Files.readString(file)).results().map(found -> found.group(1))
                        .filter(key -> !known.contains(key)).forEach(key -> unknown.add(app + ": " + file.getFileName() + ": " + key));
            }
        }
        assertEquals(Set.of(), unknown);
    }

    @Test
    void wordsOfEachFile_areLoadedBySomeApp_inBothLanguages() throws IOException {
        for (var language : LANGUAGES) {
            var loaded = new TreeSet<Path>();
            for (var app : APPS) {
                loaded.addAll(wordsOf(app, language));
                assertEquals(wordsOf(app, "zh").size(), wordsOf(app, language).size(), app);
            }
            assertEquals(new TreeSet<>(own("." + language + ".js")), loaded);
        }
    }

    /** The files of words that an app loads for a language. */
    private static List<Path> wordsOf(String app, String language) throws IOException {
        return later(PORTAL.resolve(app + "/words.js")).stream().filter(file -> file.toString().endsWith("." + language + ".js")).toList();
    }

    private static List<Path> later(Path file) throws IOException {
        return LATER_IMPORT.matcher(Files.readString(file)).results().map(found -> file.getParent().resolve(found.group(1)).normalize()).toList();
    }

    /** All scripts that pages of an app may come to, its words apart. */
    private static Set<Path> reachedFrom(Path start) throws IOException {
        var seen = new LinkedHashSet<Path>();
        var open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            var file = open.pop().normalize();
            if (!file.endsWith("words.js") && !file.toString().contains("/vendor/") && seen.add(file)) {
                linkedFrom(file).forEach(open::push);
                later(file).forEach(open::push);
            }
        }
        assertTrue(seen.size() > 8, "the pages were followed: " + seen);
        return seen;
    }

    @Test
    void vendoredFiles_areThePublishedOnes() throws Exception {
        var listed = new ObjectMapper().readTree(PORTAL.resolve("vendor/vendor.json").toFile()).get("files");
        var names = new TreeSet<String>();
        for (var entry : listed) {
            var name = entry.get("file").asText();
            names.add(name);
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(PORTAL.resolve("vendor").resolve(name)));
            assertEquals(entry.get("sha256").asText(), HexFormat.of().formatHex(digest), name);
            assertTrue(Files.exists(PORTAL.resolve("vendor").resolve(entry.get("licenceFile").asText())), name + " has its licence beside it");
        }
        try (var files = Files.list(PORTAL.resolve("vendor"))) {
            assertEquals(names, files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".js") || name.endsWith(".css"))
                    .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void markup_hasNothingThatThePolicyForbids() throws IOException {
        for (var file : own(".html")) {
            var markup = Files.readString(file);
            assertFalse(markup.contains("style="), file + " has an inline style");
            assertFalse(markup.contains("<style"), file + " has a style element");
            assertFalse(Pattern.compile("\\son[a-z]+=").matcher(markup).find(), file + " has an inline handler");
            assertFalse(Pattern.compile("<script(?![^>]*\\ssrc=)").matcher(markup).find(), file + " has an inline script");
        }
        for (var file : own(".js")) {
            var script = Files.readString(file);
            assertFalse(Pattern.compile("\\beval\\(|new Function\\(|innerHTML|dangerouslySetInnerHTML|document\\.write").matcher(script).find(),
                    file + " makes code or markup out of text");
        }
    }

    @Test
    void pages_askNobodyElse() throws IOException {
        for (var file : own(".html", ".js", ".css", ".svg", ".webmanifest")) {
            var foreign = FOREIGN.matcher(Files.readString(file)).results().map(MatchResult::group).toList();
            assertEquals(List.of(), foreign, file.toString());
        }
    }

    /** A merge that was left half done makes a page that does not open, and says nothing before. */
    @Test
    void files_holdNoHalfMerge() throws IOException {
        for (var file : own(".html", ".js", ".css")) {
            assertFalse(HALF_MERGE.matcher(Files.readString(file)).find(), file.toString());
        }
        assertTrue(HALF_MERGE.matcher("a\n<<<<<<< HEAD\nb").find());
    }

    @Test
    void scripts_runOnPhonesOf2020() throws IOException {
        for (var file : own(".js")) {
            var newer = NEWER_THAN_ES2020.matcher(Files.readString(file)).results().map(MatchResult::group).toList();
            assertEquals(List.of(), newer, file.toString());
        }
    }

    @Test
    void everyFileNamedInAPage_exists() throws IOException {
        for (var file : own(".html", ".js")) {
            for (var linked : linkedFrom(file)) {
                assertTrue(Files.exists(linked), file + " names " + linked);
            }
        }
    }

    @Test
    void firstLoadOfTheResidentPages_isLight() throws IOException {
        var seen = new LinkedHashSet<Path>();
        var open = new ArrayDeque<>(List.of(PORTAL.resolve("resident/index.html"), PORTAL.resolve("resident/identity/login.js")));
        open.addAll(wordsOf("resident", "zh"));
        while (!open.isEmpty()) {
            var file = open.pop().normalize();
            if (seen.add(file)) {
                linkedFrom(file).forEach(open::push);
            }
        }
        int bytes = 0;
        for (var file : seen) {
            bytes += compressed(Files.readAllBytes(file));
        }
        assertTrue(seen.size() > 15, "the pages' files were followed: " + seen);
        assertTrue(bytes <= FIRST_LOAD_BYTES, bytes + " bytes compressed");
    }

    @Test
    void filesOfTheGate_areAllKeptOnTheDevice() throws IOException {
        var kept = Pattern.compile("'(/[^']*)'").matcher(Files.readString(PORTAL.resolve("staff/gate/sw.js"))).results().map(found -> found.group(1))
                .filter(path -> !path.endsWith("/")).map(path -> PORTAL.resolve(path.substring(1))).collect(Collectors.toCollection(TreeSet::new));
        kept.forEach(file -> assertTrue(Files.exists(file), "kept and not there: " + file));
        var seen = new LinkedHashSet<Path>();
        var open = new ArrayDeque<>(List.of(PORTAL.resolve("staff/gate/index.html"), PORTAL.resolve("vendor/jsqr.js"), PORTAL.resolve("vendor/noble-ed25519.js")));
        open.addAll(wordsOf("staff/gate", "zh"));
        open.addAll(wordsOf("staff/gate", "en"));
        while (!open.isEmpty()) {
            var file = open.pop().normalize();
            if (seen.add(file)) {
                linkedFrom(file).forEach(open::push);
            }
        }
        // old phones' words of regret, and the page itself, which is kept by its folder's name
        seen.removeIf(file -> file.endsWith("old-browser.js") || file.endsWith("index.html"));
        seen.removeAll(kept);
        assertEquals(Set.of(), seen, "needed without network and not kept");
    }

    /** By key; a key is in one file only. */
    private static Map<String, String> messages(List<Path> files) throws IOException {
        var found = new TreeMap<String, String>();
        for (var file : files) {
            int before = found.size();
            var text = Files.readString(file);
            MESSAGE.matcher(text).results().forEach(one -> assertEquals(null, found.put(one.group(1), one.group(2)), one.group(1) + " twice"));
            assertEquals(text.lines().filter(line -> line.startsWith("  ")).count(), found.size() - before, "one message a line in " + file);
        }
        return found;
    }

    private static Set<String> placesOf(String text) {
        return PLACE.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> own(String... endings) throws IOException {
        try (var files = Files.walk(PORTAL)) {
            var own = files.filter(Files::isRegularFile).filter(file -> !file.startsWith(PORTAL.resolve("vendor")))
                    .filter(file -> List.of(endings).stream().anyMatch(file.toString()::endsWith)).sorted().toList();
            assertFalse(own.isEmpty());
            return own;
        }
    }

    /** What a browser fetches because of this file, before anything is tapped. */
    private static List<Path> linkedFrom(Path file) throws IOException {
        var name = file.toString();
        var pattern = name.endsWith(".html") ? LINKED : name.endsWith(".js") && !name.contains("/vendor/") ? STATIC_IMPORT : null;
        var linked = new ArrayList<Path>();
        if (pattern != null) {
            // Words are joined by the server, out of the files that wordsOf reads.
            pattern.matcher(Files.readString(file)).results().map(found -> found.group(1)).filter(to -> !to.startsWith("all-words."))
                    .forEach(to -> linked.add(file.getParent().resolve(to).normalize()));
        }
        return linked;
    }

    private static int compressed(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.size();
    }
}
