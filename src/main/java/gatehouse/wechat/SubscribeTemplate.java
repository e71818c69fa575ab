package gatehouse.wechat;

import gatehouse.kernel.Language;
import gatehouse.notify.Channel.Delivery;
import gatehouse.notify.MessageTemplate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A template of the mini program's console, as it is configured: {@code PARCEL=templateId/thing1/thing4}, in front of it {@code appId:} where it is
 * not the first app's. The title of a message stands in the first field, its text in the second.
 */
public record SubscribeTemplate(String appId, SubscribeKind kind, String id, String titleField, String textField) {
    private static final Pattern SHAPE = Pattern.compile("(?:([A-Za-z0-9]+):)?([A-Z]+)=([A-Za-z0-9_-]{1,64})/([a-z_]+[0-9]+)/([a-z_]+[0-9]+)");

    public SubscribeTemplate {
        for (var field : List.of(titleField, textField)) {
            if (!field.startsWith("thing") || FieldPolicy.most(field).orElse(0) < MessageTemplate.MOST_ON_A_LOCK_SCREEN) {
                throw new IllegalArgumentException(field);
            }
        }
    }

    /** @throws IllegalArgumentException whose message is the part that is wrong */
    public static List<SubscribeTemplate> parse(String text, String firstAppId) {
        return Arrays.stream(text.split("[,\\s]+")).filter(entry -> !entry.isEmpty()).map(entry -> {
            var parts = SHAPE.matcher(entry);
            if (!parts.matches() || Arrays.stream(SubscribeKind.values()).noneMatch(kind -> kind.name().equals(parts.group(2)))) {
                throw new IllegalArgumentException(entry);
            }
            return new SubscribeTemplate(parts.group(1) == null ? firstAppId : parts.group(1), SubscribeKind.valueOf(parts.group(2)),
                    parts.group(3), parts.group(4), parts.group(5));
        }).toList();
    }

    List<String> fields() {
        return List.of(titleField, textField);
    }

    /** What stands in the fields, in Chinese; fails where WeChat would not take it, before anything is sent. */
    List<String> words(Delivery message) {
        var words = List.of(message.template().title(Language.CHINESE), message.template().onALockScreen(Language.CHINESE, message.argumentsChinese()));
        for (int place = 0; place < words.size(); place++) {
            if (!FieldPolicy.fits(fields().get(place), words.get(place))) {
                throw new IllegalStateException(message.template() + " does not fit into " + fields().get(place));
            }
        }
        return words;
    }
}
