package gatehouse.registry;

import gatehouse.kernel.Language;
import java.util.List;

/**
 * Everything that can be wrong with a roster, in words for the person who made it: what is wrong and what would be right.
 * Message templates, Chinese and English; {@code %s} is filled with the arguments in order.
 */
public enum RosterFault {
    // values
    ID_LENGTH("身份证号应为18位，这里是%s位", "an ID number has 18 characters, this has %s"),
    ID_CHARACTERS("身份证号前17位应为数字，末位为数字或X", "an ID number is 17 digits and a digit or X"),
    ID_BIRTH_DATE("身份证号第7到14位不是可能的出生日期", "characters 7 to 14 of the ID number are no possible birth date"),
    ID_CHECK_DIGIT("身份证号末位校验码不符，请逐位核对", "the check digit of the ID number is wrong; compare every digit"),
    ID_ROUNDED("身份证号被表格当作数字保存，末几位已丢失；请把该列设为文本后重新填写",
            "the spreadsheet stored the ID number as a number and lost its last digits; format the column as text and enter it again"),
    PHONE("手机号应为11位，以13至19开头，例如 13912345678", "a mobile number has 11 digits and begins with 13 to 19, for example 13912345678"),
    LABEL("户号应写作 楼栋-单元-房号，例如 3-2-1402", "a household is written building-unit-room, for example 3-2-1402"),
    BUILDING("楼栋应写作 3、3号楼或A座", "a building is written like 3, 3号楼 or A座"),
    UNIT("单元应写作 2或2单元", "a unit is written like 2 or 2单元"),
    ROOM("房号应写作 1402或1402室", "a room is written like 1402 or 1402室"),
    NAME("姓名应为1至50个文字，不含特殊符号", "a name is 1 to 50 letters without special signs"),
    RELATION("与户主关系应为其中之一：%s", "the relation must be one of: %s"),
    BORN_ON("出生日期应写作 2010-05-01", "a birth date is written like 2010-05-01"),
    BORN_ON_IMPOSSIBLE("出生日期不能晚于今天，也不能早于1900年", "a birth date is not after today and not before 1900"),
    BORN_ON_CONTRADICTS_ID("出生日期与身份证号不一致", "the birth date contradicts the ID number"),
    MISSING("此项必填", "this must be filled in"),
    CELL_TOO_LONG("最多%s个字", "at most %s characters"),
    NO_HEADING("%s列没有表头却有内容，这一行可能错位", "column %s has text but no heading; the line may be shifted"),

    OPEN_QUOTE("%s列这一格的引号没有成对，或与分隔符、换行混在一起；请去掉引号", "the quotation marks of this cell, in column %s, are not in pairs or stand beside other text; take them out"),

    // lines against each other
    DOUBLE_PHONE("与第%s行的手机号重复", "the same phone as on line %s"),
    DOUBLE_ID_NUMBER("与第%s行的身份证号重复", "the same ID number as on line %s"),
    DOUBLE_PERSON("与第%s行是同一户的同名者，请填写身份证号或出生日期加以区分",
            "the same name in the same household as on line %s; tell them apart by ID number or birth date"),

    // lines against the registry
    PHONE_OF_ANOTHER("该手机号已登记在%s的另一位居民名下", "this phone is registered to another resident, of %s"),
    SEVERAL_NAMESAKES("该户已登记有多位同名者，请填写身份证号或出生日期加以区分",
            "several residents of this household have that name; tell them apart by ID number or birth date"),

    // the file
    UNKNOWN_COLUMN("不认识这一列，已忽略；可用的列：%s", "unknown column, left out; columns known: %s"),
    MISSING_COLUMN("缺少列：%s；可用的列：%s", "missing column: %s; columns known: %s"),
    DOUBLE_COLUMN("列“%s”出现了不止一次", "the column %s appears more than once"),
    EMPTY_FILE("文件里没有任何数据行", "the file holds no line below its heading"),
    TOO_LARGE("文件超过%s MB，请拆分后上传", "the file is larger than %s MB; split it"),
    TOO_MANY_LINES("文件超过%s行，请拆分后上传", "the file has more than %s lines; split it"),
    NOT_A_SPREADSHEET("这不是表格文件，请上传CSV或.xlsx", "this is no spreadsheet; send CSV or .xlsx"),
    OLD_OR_LOCKED_WORKBOOK("这是旧版.xls或加了密码的表格，请另存为不加密的.xlsx", "this is an old .xls or has a password; save it as .xlsx without one"),
    BROKEN_WORKBOOK("表格文件已损坏，请重新另存为.xlsx", "the workbook is damaged; save it again as .xlsx"),
    WORKBOOK_TOO_LARGE("表格解压后过大，请只保留名单后重新另存", "the workbook unpacks to too much; keep only the list and save it again"),
    UNKNOWN_ENCODING("无法识别文字编码，请另存为UTF-8或GBK的CSV", "the text encoding is not known; save as CSV in UTF-8 or GBK");

    private final String chinese;
    private final String english;

    RosterFault(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String text(Language language, List<String> args) {
        return language.choose(chinese, english).formatted(args.toArray());
    }
}
