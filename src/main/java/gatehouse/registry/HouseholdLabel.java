package gatehouse.registry;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a household lives, {@code 3-2-1402}: building, unit, room, each without its classifier (号楼, 单元, 室), leading zeros or
 * full-width digits, so that one door has one spelling however it was written.
 */
public record HouseholdLabel(String building, String unit, String room) {

    private static final Pattern BUILDING_WORD = Pattern.compile("(#?楼|号楼|栋楼|号栋|楼栋|栋|幢|座|号|#)$");
    private static final Pattern UNIT_WORD = Pattern.compile("(单元|门洞|单|门)$");
    private static final Pattern ROOM_WORD = Pattern.compile("(号房|房间|室|房|户|号)$");
    private static final Pattern BUILDING = Pattern.compile("[0-9A-Z\\p{IsHan}]{1,12}");
    private static final Pattern UNIT = Pattern.compile("[0-9A-Z\\p{IsHan}]{1,6}");
    private static final Pattern ROOM = Pattern.compile("[0-9A-Z\\p{IsHan}]{1,10}(-[0-9A-Z]{1,6}){0,2}");
    private static final String NUMERALS = "零一二三四五六七八九";

    static Parsed<String> parseBuilding(String written) {
        return part(written, BUILDING_WORD, BUILDING, RosterFault.BUILDING);
    }

    static Parsed<String> parseUnit(String written) {
        return part(written, UNIT_WORD, UNIT, RosterFault.UNIT);
    }

    static Parsed<String> parseRoom(String written) {
        return part(written, ROOM_WORD, ROOM, RosterFault.ROOM);
    }

    /** Reads {@code 3-2-1402}, also with the classifiers: {@code 3号楼-2单元-1402室}. */
    public static Parsed<HouseholdLabel> parse(String written) {
        String[] parts = CellText.tight(written).split("-", 3);
        if (parts.length != 3) {
            return Parsed.bad(RosterFault.LABEL);
        }
        var building = parseBuilding(parts[0]).toOptional();
        var unit = parseUnit(parts[1]).toOptional();
        var room = parseRoom(parts[2]).toOptional();
        if (building.isEmpty() || unit.isEmpty() || room.isEmpty()) {
            return Parsed.bad(RosterFault.LABEL);
        }
        return of(building.get(), unit.get(), room.get());
    }

    /** From parts already normalised. A room written in full, {@code 3-2-1402}, is cut to what follows its own unit. */
    static Parsed<HouseholdLabel> of(String building, String unit, String room) {
        String before = building + "-" + unit + "-";
        String bare = room.startsWith(before) ? room.substring(before.length()) : room;
        boolean inFullOfAnotherUnit = bare.indexOf('-') != bare.lastIndexOf('-');
        return inFullOfAnotherUnit ? Parsed.bad(RosterFault.ROOM) : Parsed.good(new HouseholdLabel(building, unit, bare));
    }

    private static Parsed<String> part(String written, Pattern word, Pattern shape, RosterFault fault) {
        String text = CellText.tight(written).toUpperCase(Locale.ROOT);
        String bare = word.matcher(text).replaceFirst("").replaceFirst("^第(?=.)", "").replaceFirst("^0+(?=[0-9])", "");
        String number = bare.matches("[零一二三四五六七八九十]{1,3}") ? arabic(bare) : bare;
        return shape.matcher(number).matches() ? Parsed.good(number) : Parsed.bad(fault);
    }

    /** 三 → 3, 十二 → 12, 二十 → 20; what is no such number stays as it is. */
    private static String arabic(String numeral) {
        int ten = numeral.indexOf('十');
        if (ten < 0) {
            return numeral.length() == 1 ? Integer.toString(NUMERALS.indexOf(numeral.charAt(0))) : numeral;
        }
        if (ten > 1 || numeral.length() - ten > 2 || numeral.lastIndexOf('十') != ten) {
            return numeral;
        }
        int tens = ten == 0 ? 1 : NUMERALS.indexOf(numeral.charAt(0));
        int ones = ten == numeral.length() - 1 ? 0 : NUMERALS.indexOf(numeral.charAt(ten + 1));
        return Integer.toString(tens * 10 + ones);
    }

    /** {@code 3-2-1402}. */
    @Override
    public String toString() {
        return building + "-" + unit + "-" + room;
    }
}
