package gatehouse.miniprogram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The pages as a phone of 320 pixels draws them, in the usual size of type and in the largest: nothing beside the screen, no letter below 18 pixels, nothing
 * to tap below 48, nothing paler than 4.5 to 1. Drawn by chromium from what the mini program gives to WeChat, so WeChat's own parts are not looked at.
 */
@Timeout(180)
class PagesBrowserTest {
    private static final List<String> RESIDENTS_PAGES = List.of("today/today", "services/services", "inbox/inbox", "me/me", "passes/passes", "ask/ask", "visits/visits",
            "parcels/parcels", "door/door", "buy/buy", "tickets/tickets", "tell/tell", "ticketform/ticketform?category=WATER_TAP", "shared/shared", "summary/summary",
            "travel/travel", "observation/observation", "history/history");
    private static final String FAULTS = """
            const lines = [];
            const told = element => (element.className + ' «' + element.textContent.trim().slice(0, 20) + '»').trim();
            const parts = colour => colour.match(/[\\d.]+/g).map(Number);
            const light = colour => parts(colour).slice(0, 3).map(c => c / 255).map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
              .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
            const ground = element => { for (let e = element; e; e = e.parentElement) { const b = getComputedStyle(e).backgroundColor;
              if ((parts(b)[3] === undefined ? 1 : parts(b)[3]) === 1) return b; } return 'rgb(255, 255, 255)'; };
            const asleep = element => element.closest('.asleep');
            document.querySelectorAll('body *').forEach(element => {
              const style = getComputedStyle(element);
              const box = element.getBoundingClientRect();
              if (!box.width || !box.height || element.tagName === 'STYLE') return;
              const words = Array.from(element.childNodes).some(node => node.nodeType === 3 && node.textContent.trim());
              if (words && parseFloat(style.fontSize) < 17.9) lines.push('small ' + style.fontSize + ' ' + told(element));
              if (words && !asleep(element)) {
                const one = light(style.color), other = light(ground(element));
                const ratio = (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
                if (ratio < 4.5) lines.push('pale ' + ratio.toFixed(1) + ' ' + told(element));
              }
              if (element.dataset.tap && (box.height < 47.5 || box.width < 47.5)) lines.push('narrow ' + Math.round(box.width) + 'x' + Math.round(box.height) + ' ' + told(element));
            });
            const beside = document.documentElement.scrollWidth - window.innerWidth;
            if (beside > 0) lines.push('beside the screen by ' + beside);
            return Array.from(new Set(lines)).join('\\n');
            """;

    private final List<String> faults = new ArrayList<>();

    private void look(Phone phone, Browser screen, String name) {
        phone.picture(name);
        screen.go("/" + name + ".html");
        var found = screen.ask(FAULTS).toString();
        if (!found.isEmpty()) {
            faults.add(name + ":\n" + found);
        }
    }

    @Test
    void everyPage_isLargeEnough_darkEnough_andWithinANarrowScreen() {
        Phone.requireNode();
        try (var api = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"));
             var screen = Browser.open("file://" + Path.of("target", "miniprogram").toAbsolutePath(), Size.SMALL_PHONE);
             var phone = Phone.of(api.portal()).person("")) {
            phone.launch();
            look(phone, screen, "look-login");
            phone.type("手机号", "13900000001").type("密码", "gatehouse-demo").tap("登录").sees("今日测温");
            for (int setting : new int[] {16, 40}) {
                phone.set("fontSizeSetting", setting);
                for (var page : RESIDENTS_PAGES) {
                    look(phone.launch("/pages/" + page), screen, "look-" + page.replaceAll("/.*", "") + "-" + setting);
                }
                phone.launch().tap("家上报");
                look(phone, screen, "look-family-" + setting);
            }
            assertEquals("", String.join("\n", faults));
        }
    }
}
