package gatehouse.support;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real chromium without a window, with the size of a phone or a desk, that finds things by their {@code data-testid}. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Selenium's own half second would be most of a test's time. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration LOADING = Duration.ofSeconds(5);
    private static final Path PICTURES = Path.of("target", "pictures");
    /** Each costs a third of a second of a core, so they are kept where somebody asked for single tests or for them. */
    private static final boolean KEEPS_PICTURES = Boolean.parseBoolean(
            System.getProperty("gatehouse.pictures", String.valueOf(System.getProperty("test") != null)));
    /** What is first found, where it is rendered, not transparent, and takes room or something in it does. */
    private static final String VISIBLE = """
            const it = document.querySelector("[data-testid='" + arguments[0] + "']");
            const takesRoom = one => { const box = one.getBoundingClientRect(); return box.width > 0 && box.height > 0; };
            const visible = it && it.checkVisibility({visibilityProperty: true, opacityProperty: true})
                && (takesRoom(it) || Array.from(it.querySelectorAll('*')).some(takesRoom));
            """;

    /** Chromiums that nobody uses, by size: starting one costs more than most of what is then done with it. */
    private static final Map<Size, Deque<ChromeDriver>> IDLE = new HashMap<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Browser::quitIdle, "chromium-stop"));
    }

    private final ChromeDriver driver;
    private final String portal;
    /** Whose idle ones it goes to, or null where it is not fit for others. */
    private @Nullable Size kind;

    private Browser(ChromeDriver driver, String portal, @Nullable Size kind) {
        this.driver = driver;
        this.portal = portal;
        this.kind = kind;
    }

    /** Width and height in CSS pixels. */
    public record Size(int width, int height) {
        public static final Size SMALL_PHONE = new Size(320, 568);
        public static final Size PHONE = new Size(390, 844);
        public static final Size DESK = new Size(1280, 800);
    }

    /** Opens one at {@code portal}, such as {@code http://127.0.0.1:8080}; skips the test, aloud, where Debian's chromium is not installed. */
    public static Browser open(String portal, Size size) {
        ChromeDriver idle;
        synchronized (IDLE) {
            idle = IDLE.computeIfAbsent(size, none -> new ArrayDeque<>()).poll();
        }
        return new Browser(idle == null ? start(size, List.of()) : idle, portal, size);
    }

    /** One whose camera sees that film for ever, and which lets pages have it without asking. */
    public static Browser withCamera(String portal, Size size, Path film) {
        return new Browser(start(size, List.of("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
                "--use-file-for-fake-video-capture=" + film.toAbsolutePath())), portal, null);
    }

    private static ChromeDriver start(Size size, List<String> more) {
        if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
            var missing = "SKIPPED: browser tests need chromium and chromium-driver (apt-get install chromium chromium-driver)";
            System.err.println(missing);
            if (Boolean.parseBoolean(System.getenv("GATEHOUSE_TEST_REQUIRE_ALL"))) {
                fail(missing);
            }
            abort(missing);
        }
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
                "--disable-background-networking", "--disable-component-update", "--lang=zh-CN", "--hide-scrollbars",
                "--disable-dev-shm-usage", "--window-size=" + size.width + "," + size.height);
        options.addArguments(more);
        options.setExperimentalOption("mobileEmulation", Map.of("deviceMetrics",
                Map.of("width", size.width, "height", size.height, "pixelRatio", 2.0, "touch", size.width < 600)));
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).usingAnyFreePort().build();
        return new ChromeDriver(service, options);
    }

    public Browser go(String path) {
        driver.get(portal + path);
        return this;
    }

    /** Goes on within the single page, as a link would. */
    public Browser goWithin(String hash) {
        driver.executeScript("location.hash = arguments[0]", hash);
        return this;
    }

    public Browser logIn(String start, String phone, String password) {
        go(start);
        type("phone", phone);
        type("password", password);
        tap("login-submit");
        return this;
    }

    public WebElement see(String testId) {
        return (WebElement) await("see " + testId, "return visible ? it : null", testId);
    }

    public boolean sees(String testId) {
        // asked in the page in one go: an element found may be gone before it is looked at
        return Boolean.TRUE.equals(driver.executeScript("""
                return Array.from(document.querySelectorAll("[data-testid='" + arguments[0] + "']"))
                    .some(element => element.checkVisibility({visibilityProperty: true, opacityProperty: true}))""", testId));
    }

    public String text(String testId) {
        return see(testId).getText();
    }

    public Browser waitUntilGone(String testId) {
        await("see no more of " + testId, "return !visible", testId);
        return this;
    }

    public Browser waitFor(String testId, String text) {
        await("read " + text + " in " + testId, "return visible && it.innerText.includes(arguments[1])", testId, text);
        return this;
    }

    /** Looks in the page in one go until there is something: an element found may be gone before it is looked at. */
    private Object await(String what, String script, Object... arguments) {
        return new WebDriverWait(driver, PATIENCE, LOOK_EVERY).ignoring(StaleElementReferenceException.class).withMessage(what)
                .until(any -> driver.executeScript(VISIBLE + script, arguments));
    }

    /** The whole name of the first that begins so, once there is one. */
    public String first(String testIdPrefix) {
        return new WebDriverWait(driver, PATIENCE, LOOK_EVERY).withMessage("find " + testIdPrefix).until(any -> (String) driver.executeScript(
                "return document.querySelector(\"[data-testid^='\" + arguments[0] + \"']\")?.dataset.testid", testIdPrefix));
    }

    public List<WebElement> all(String testIdPrefix) {
        return driver.findElements(By.cssSelector("[data-testid^='" + testIdPrefix + "']"));
    }

    /** When the page has loaded and it stands still: what comes above pushes it on, and a tap would meet what has come to its place. */
    public Browser tap(String testId) {
        long loaded = System.nanoTime() + LOADING.toNanos();
        new WebDriverWait(driver, PATIENCE, LOOK_EVERY).ignoring(StaleElementReferenceException.class, ElementClickInterceptedException.class)
                .withMessage("tap " + testId).until(any -> {
                    var element = (WebElement) driver.executeScript(VISIBLE + """
                            if (!visible || it.matches(':disabled') || arguments[1] && document.querySelector('.bone')) return null;
                            it.scrollIntoView({block: 'center'});
                            const {x, y} = it.getBoundingClientRect();
                            const still = it.seenAt === x + ' ' + y;
                            it.seenAt = x + ' ' + y;
                            return still ? it : null;""", testId, System.nanoTime() < loaded);
                    if (element == null) {
                        return false;
                    }
                    element.click();
                    return true;
                });
        return this;
    }

    /** Replaces what a field holds. */
    public Browser type(String testId, String text) {
        var field = see(testId);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
        return this;
    }

    /** Presses keys where the focus is, as somebody does who has no mouse. */
    public Browser press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
        return this;
    }

    /** Sets what a date or a choice holds, as the picker of a phone does. */
    public Browser pick(String testId, String value) {
        driver.executeScript("""
                arguments[0].value = arguments[1];
                arguments[0].dispatchEvent(new Event('input', {bubbles: true}));
                arguments[0].dispatchEvent(new Event('change', {bubbles: true}));""", see(testId), value);
        return this;
    }

    /** Gives a file to a chooser, which may be hidden behind a button. */
    public Browser attach(String testId, Path file) {
        new WebDriverWait(driver, PATIENCE, LOOK_EVERY).until(any -> driver.findElement(by(testId))).sendKeys(file.toString());
        return this;
    }

    /** Brings something before the eyes, for a picture. */
    public Browser show(String testId) {
        driver.executeScript("arguments[0].scrollIntoView({block: 'start'})", see(testId));
        return this;
    }

    /** Cuts the line, as in a lift; or puts it back. */
    public Browser cutLine(boolean cut) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.emulateNetworkConditions",
                Map.of("offline", cut, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
        return this;
    }

    /** Runs a script in the page: for what no person can do, such as a slow line for one request. */
    public Browser script(String script) {
        driver.executeScript(script);
        return this;
    }

    /** Runs a script in every page from now on, before anything of the page's own: for an older browser than this one. */
    public Browser beforePages(String script) {
        kind = null;
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
        return this;
    }

    /** What a script in the page says; it begins with {@code return}. */
    public Object ask(String script) {
        return driver.executeScript(script);
    }

    /** How much wider than the window the page is; 0 where nothing must be pushed aside to be read. */
    public long overflowPixels() {
        return (Long) driver.executeScript("return document.documentElement.scrollWidth - window.innerWidth");
    }

    /** What the console held against the page: script errors, refused styles or scripts; answers of 4xx are the page's business. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue()).map(entry -> entry.getMessage())
                .filter(message -> !message.contains("Failed to load resource")).toList();
    }

    /** Keeps a picture of what is seen under {@code target/pictures}, where tests are named ({@code -Dtest=…}) or with {@code -Dgatehouse.pictures=true}. */
    public Browser picture(String name) {
        if (!KEEPS_PICTURES) {
            return this;
        }
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
            return this;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static By by(String testId) {
        return By.cssSelector("[data-testid='" + testId + "']");
    }

    /** Leaves nothing behind that the next one could see. */
    @Override
    public void close() {
        if (kind == null || !forget()) {
            driver.quit();
            return;
        }
        synchronized (IDLE) {
            IDLE.get(kind).push(driver);
        }
    }

    private boolean forget() {
        try {
            if (driver.getWindowHandles().size() > 1) {
                return false;
            }
            cutLine(false);
            if (!driver.getCurrentUrl().startsWith(portal)) {
                return false;
            }
            driver.executeScript("sessionStorage.clear()");
            driver.get("about:blank");
            driver.executeCdpCommand("Storage.clearDataForOrigin", Map.of("origin", portal, "storageTypes", "all"));
            driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
            driver.manage().logs().get(LogType.BROWSER);
            return true;
        } catch (WebDriverException unfit) {
            System.err.println("this chromium is not used again: " + unfit.getMessage());
            return false;
        }
    }

    private static void quitIdle() {
        synchronized (IDLE) {
            IDLE.values().forEach(ones -> ones.forEach(ChromeDriver::quit));
        }
    }
}
