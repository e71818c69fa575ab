package gatehouse.kernel;

/** What can be wrong with one field of input, in both languages, always with what would be right. */
public enum FieldFault {
    REQUIRED("必填", "is required"),
    UNKNOWN_FIELD("没有这一项", "is not a known field"),
    WRONG_TYPE("应为{0}", "must be {0}"),
    TOO_SMALL("不能小于 {0}", "must be at least {0}"),
    TOO_BIG("不能大于 {0}", "must be at most {0}"),
    OUT_OF_RANGE("应在 {0} 到 {1} 之间", "must be between {0} and {1}"),
    NOT_MULTIPLE("应为 {0} 的整数倍", "must be a multiple of {0}"),
    TOO_SHORT("至少 {0} 个字符", "must have at least {0} characters"),
    TOO_LONG("最多 {0} 个字符", "must have at most {0} characters"),
    WRONG_PATTERN("格式不正确，应符合 {0}", "must match {0}"),
    WRONG_FORMAT("格式不正确，应为 {0}", "must be a valid {0}"),
    NOT_LISTED("应为其中之一：{0}", "must be one of {0}"),
    TOO_FEW_ITEMS("至少 {0} 项", "must have at least {0} items"),
    TOO_MANY_ITEMS("最多 {0} 项", "must have at most {0} items"),
    REPEATED_ITEMS("不能重复", "must not repeat an item"),
    BROKEN_PICTURE("图片不完整或已损坏，请重新拍摄", "must be a whole, unbroken still picture; take it again"),
    TOO_MANY_PIXELS("图片过大，最多 {0} 百万像素，每边最多 {1} 像素", "must have at most {0} megapixels, and {1} pixels on a side"),
    NOT_ALLOWED("不符合要求", "is not allowed by the contract"),
    WEAK_PASSWORD("密码至少 {0} 位，且不能过于常见", "must have at least {0} characters and not be a common password"),
    WRONG_PASSWORD("与现用密码不符", "is not the present password"),
    NOT_A_PHONE("应为 11 位手机号", "must be a mobile number of 11 digits"),
    NOT_AN_ID_NUMBER("应为有效的 18 位身份证号", "must be a valid ID number of 18 characters"),
    WRONG_REACH("该岗位的范围应为：{0}", "must be one of {0} for this role"),
    UNKNOWN_PLACE("不在您的管理范围内，或与账号所属小区不符", "is not within your responsibility, or not in the account's compound"),
    NOT_A_NAME("应为 1 到 {0} 个字的名称", "must be a name of 1 to {0} visible characters"),
    UNKNOWN_BUILDING("不是本小区的楼栋", "is not a building of this compound"),
    UNKNOWN_HOUSEHOLD("不是本小区的房号，应写作 3-2-1402", "is no household of this compound; write it as 3-2-1402"),
    BY_INVITATION("住户身份只能通过邀请码开通", "is only given by an invitation code"),
    NOT_A_REGION("应为六位行政区划代码（GB/T 2260）", "must be a region code of six digits (GB/T 2260)"),
    REGION_TOO_WIDE("其中有中高风险地区，请选出到过的那个，或说明都没有到过", "holds a risk region; name the one, or say that it was none of them"),
    OVERLAPPING("与另一段行程的日期重叠", "overlaps another stay"),
    BEFORE_BIRTH("早于出生日期 {0}", "is before the day of birth, {0}"),
    BEFORE_ARRIVAL("不能早于到达日期 {0}", "must not be before the arrival, {0}"),
    TOO_LONG_AGO("只需填报 {0} 以来的行程", "must not be before {0}"),
    NOBODY_THERE("查无此户，请核对", "is not that of any household here"),
    NO_SUCH_SLOT("不是该门岗可约的取件时段", "is not a slot of that gate that can be booked"),
    NOT_YOUR_GATE("不是您值守的门岗", "is not a gate where you are on duty"),
    NOT_A_REPAIRMAN("不是本小区的维修人员", "is nobody who repairs in this compound"),
    NOT_AN_OPEN_TICKET("不是另一张未办结的工单编号", "is not the number of another open ticket"),
    IN_PAST("不能早于现在", "must not be in the past"),
    TOO_MANY_DAYS("最长 {0} 天", "must be at most {0} days away"),
    NOT_A_DAY("日期应写作 2026-11-22", "must be a date like 2026-11-22"),
    IN_FUTURE("不能晚于今天", "must not be in the future"),
    TEXT_REQUIRED_FOR_OTHER("选择“其他”时请填写说明", "is required with symptom OTHER");

    private final String chinese;
    private final String english;

    FieldFault(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String text(Language language, Object... arguments) {
        return language.fill(language.choose(chinese, english), arguments);
    }

    /** What a value should be, by the words of the contract. */
    public enum Kind implements ProblemType.Worded {
        STRING("string", "文字", "text"),
        NUMBER("number", "数字", "a number"),
        INTEGER("integer", "整数", "a whole number"),
        BOOLEAN("boolean", "true 或 false", "true or false"),
        ARRAY("array", "列表", "a list"),
        OBJECT("object", "对象", "an object"),
        NULL("null", "null", "null"),
        DATE("date", "日期，如 2026-11-22", "date such as 2026-11-22"),
        DATE_TIME("date-time", "时间，如 2026-11-22T09:00:00+08:00", "time such as 2026-11-22T09:00:00+08:00"),
        UUID("uuid", "UUID", "UUID");

        private final String keyword;
        private final String chinese;
        private final String english;

        Kind(String keyword, String chinese, String english) {
            this.keyword = keyword;
            this.chinese = chinese;
            this.english = english;
        }

        /** The kind of a schema's {@code type} or {@code format}; the word itself where the contract uses another. */
        public static Object of(String keyword) {
            for (var kind : values()) {
                if (kind.keyword.equals(keyword)) {
                    return kind;
                }
            }
            return keyword;
        }

        @Override
        public String text(Language language) {
            return language.choose(chinese, english);
        }
    }
}
