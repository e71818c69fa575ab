package gatehouse.kernel;

import java.util.Locale;

/** Every problem that the API can answer with: slug, status, and its words in Chinese and English. The only place of these words. */
public enum ProblemType {
    BAD_INPUT(400, "填写有误", "Some input is wrong",
            "请按提示修改后再提交。", "Correct the fields named in errors and send again."),
    MALFORMED_BODY(400, "内容无法读取", "The body cannot be read",
            "请求内容不是有效的 JSON。", "The body is not valid JSON."),
    MALFORMED_FORM(400, "内容无法读取", "The form cannot be read",
            "请求内容不是完整的 multipart/form-data 表单。", "The body is not a whole multipart/form-data form."),
    NOT_LOGGED_IN(401, "请先登录", "Log in first",
            "登录已过期或无效，请重新登录。", "The access token is missing, expired or no longer valid."),
    WRONG_CREDENTIALS(401, "手机号或密码不正确", "Phone or password is wrong",
            "请核对手机号和密码。", "Check the phone number and the password."),
    SESSION_ENDED(401, "登录已结束", "The session has ended",
            "请重新登录。", "Log in again."),
    GATE_LINK_NOT_GOOD(401, "链接无效或已过期", "The gate link is not good",
            "请向门岗索取新的链接。", "Ask at the gate for a new one."),
    NOT_PERMITTED(403, "您没有这项权限", "You are not permitted to do this",
            "此操作由其他岗位办理。", "This is done by people with another role."),
    NOT_FOUND(404, "没有找到", "Not found",
            "内容不存在，或不在您的查看范围内。", "It does not exist or lies outside what you may see."),
    METHOD_NOT_ALLOWED(405, "不支持的操作", "Method not allowed",
            "此地址不支持这种请求方式。", "This address does not take that method."),
    TOO_SLOW(408, "传输超时", "The body came too slowly",
            "请求内容未能在 {0} 秒内传完，请重试。", "The whole body must arrive within {0} seconds; try again."),
    NOT_ALLOWED_NOW(409, "当前状态不允许", "Not possible in the present state",
            "内容已被他人改变，请刷新后再试。", "Somebody changed it in the meantime; read it again."),
    INVITATION_NOT_USABLE(409, "邀请码无法使用", "The invitation cannot be used",
            "邀请码不存在、已使用或已过期，请向物业索取新的。", "The code is unknown, used or expired; ask the property office for a new one."),
    RESET_NOT_USABLE(409, "重置码无法使用", "The reset code cannot be used",
            "手机号或重置码不对，或重置码已过期。请当面向工作人员索取新的。", "The phone or the code is wrong, or it has expired; ask the staff for a new one, face to face."),
    WECHAT_CODE_NOT_USABLE(409, "微信登录凭证无法使用", "The code from WeChat cannot be used",
            "凭证已使用或已过期，请重新获取后再试。", "It was used or has expired; take a new one and try again."),
    BINDING_NOT_USABLE(409, "微信绑定已过期", "The binding has expired",
            "请重新从微信登录，再绑定账号。", "Log in through WeChat again, then bind the account."),
    PHONE_UNKNOWN(409, "该手机号还没有账号", "No account has this phone",
            "请用门卡上的邀请码开通，或联系物业。", "Use the invitation code on the door card, or ask the property office."),
    LOGIN_CODE_OVER(409, "登录二维码已失效", "The code on the screen is good no more",
            "请在要登录的屏幕上刷新二维码，再扫一次。", "Take a new one on the screen that is to be logged in, and scan again."),
    LOGIN_NUMBER_DIFFERS(409, "数字不一致，已拒绝登录", "Another number; the login was refused",
            "只扫自己面前屏幕上的二维码；别人发来的图片不要扫。", "Scan only what is on a screen before you, never a picture that somebody sent."),
    WECHAT_NOT_SET_UP(409, "尚未接入微信", "WeChat is not set up here",
            "请用手机号和密码登录。", "Log in with phone and password."),
    ACCOUNT_SHUT(403, "账号已停用", "The account is shut",
            "请联系社区。", "Ask the community office."),
    PHONE_TAKEN(409, "该手机号已有账号", "This phone already has an account",
            "请直接登录；在本小区工作又住在这里的，开通时请填该账号的密码；忘记密码请联系社区。",
            "Log in with it; who works in this compound and lives there opens with that account's password; if it is lost ask the community office."),
    RESIDENT_HAS_ACCOUNT(409, "该住户已有账号", "This resident already has an account",
            "请用已登记的手机号登录。", "Log in with the phone number that was registered."),
    LAST_ADMINISTRATOR(409, "至少保留一名管理员", "The last administrator stays",
            "请先指定另一名管理员。", "Make somebody else an administrator first."),
    NAME_TAKEN(409, "名称已被使用", "The name is taken",
            "同一处已有这个名称，请换一个。", "There is one of that name in the same place; choose another name."),
    BUILDING_IN_OTHER_GRID(409, "楼栋已属于其他网格", "A building belongs to another grid",
            "已属于其他网格：{0}。确认要调整过来再提交。", "Of another grid now: {0}. Send again with move where they shall come over."),
    ROUND_NOT_OPEN(409, "本轮测温尚未开始", "This round has not begun",
            "本轮从 {0} 起可以填报。", "This round can be reported from {0}."),
    REPORT_TOO_OLD(409, "日期已过，不能再填报", "Too late to report for this day",
            "只能填报或更正最近 {0} 天。", "Reports can be made or corrected for the last {0} days."),
    ALREADY_OBSERVED(409, "已在居家观察中", "Already under home observation",
            "名单中有人正在观察，每人同时只有一次。", "One of them is under observation; a person is under one at a time."),
    OBSERVATION_NOT_OVER(409, "观察期未满", "The observation is not over",
            "{0} 起可以解除。", "Release is possible from {0}."),
    OBSERVATION_NOT_TESTED(409, "缺少解除前的核酸检测", "The test before release is missing",
            "须有 {0} 或之后采样的阴性结果。", "A negative test taken on {0} or later is needed."),
    OBSERVATION_TEST_POSITIVE(409, "检测结果不全为阴性", "Not every test is negative",
            "不能解除，请按规定转诊。", "It cannot be released; transfer the person instead."),
    VISITORS_NOT_ADMITTED(409, "目前不接待访客", "No visitors at present",
            "按当前管控要求，暂不能邀请访客；急事请联系社区。", "Visitors cannot be invited under the present rules; in an emergency call the community office."),
    VISITS_USED_UP(409, "当日访客人数已满", "No more visitors that day",
            "每户每天最多邀请 {0} 人。", "A household invites at most {0} people a day."),
    REGION_LISTED(409, "来自风险地区，不能来访", "Visitors from that region are not admitted",
            "该地区在风险名单上。", "The region is on the risk list."),
    WORK_SUSPENDED(409, "管控期间暂停施工", "No construction during control",
            "管控解除后再申请。", "Ask again when control is over."),
    CONSENT_MISSING(409, "须先经社区同意", "The office must agree first",
            "管控期间，水、电、气、路灯的紧急维修须经社区同意；已通知社区。", "During control urgent work on water, electricity, gas and street lights needs the office's consent; it was told."),
    TOO_LATE_TO_REOPEN(409, "已过返工期限", "Too late to reopen",
            "完成后 {0} 天内可以要求返工；请另报一单。", "It can be reopened for {0} days after it was done; report it anew."),
    REPORT_MISSING(409, "今天的测温还没有填报", "Today's round is not reported",
            "请先填报今天 {0} 的测温，再申请。", "Report today's {0} measurement first, then ask again."),
    SLOT_PAST(409, "这个时段已经过了", "This slot is over",
            "请选择后面的时段。", "Choose a later slot."),
    SLOT_FULL(409, "这个时段已约满", "This slot is full",
            "请选择其他时段。", "Choose another slot."),
    NOT_THE_BUYER(409, "请由指定的采购人出门", "Somebody else goes shopping for this household",
            "您家已指定采购人；要换人，请先改指定。", "The household named somebody else; name this person first, or let the other go."),
    NOT_PERMITTED_AGE(409, "未到可申请的年龄", "Too young for a pass",
            "请由家里的成年人申请。", "Let an adult of the household ask."),
    QUOTA_USED(409, "近日的采购次数已用完", "The household's supplies outing is used",
            "每户每隔几日可出门采购一次，请按可申请日期再来。", "A household goes out for supplies once in some days; choose a later day."),
    UNDER_OBSERVATION(409, "居家观察期间不能外出", "No pass during home observation",
            "就医请选择“就医”申请；生活物资请联系社区。", "For a doctor ask for a medical pass; for supplies call the community office."),
    ALERT_OPEN(409, "健康情况尚待社区确认", "A health matter waits for the office",
            "社区处理完后可再申请；就医请选择“就医”申请。", "Ask again when the office has closed it; for a doctor ask for a medical pass."),
    LEVEL_SEALED(409, "所在区域正在封控", "The place is sealed",
            "封控期间只能申请就医外出；生活物资请联系社区。", "Only medical outings while it is sealed; for supplies call the community office."),
    ADDRESS_AMBIGUOUS(409, "这个尾号对应多户", "Several households have that phone tail",
            "请从列表中选择一户。", "Choose one of the households in choices."),
    PICKUP_CODE_WRONG(409, "取件码不对", "There is no such pickup code",
            "请核对后重新扫描或输入。", "Check it and scan or type it again."),
    PICKUP_CODE_USED(409, "取件码已用过或已失效", "The pickup code was used, or is good no more",
            "快递已交付、已处理，或代取委托已取消。", "The parcels were handed over or dealt with, or the household withdrew it."),
    PICKUP_OTHER_GATE(409, "快递在另一个门岗", "The parcels are at another gate",
            "请到{0}领取。", "They are collected at: {0}."),
    NOTHING_TO_COLLECT(409, "现在没有可取的快递", "Nothing waits to be collected",
            "这户在本门岗没有待取的快递。", "Nothing waits for that household at this gate."),
    COLLECTORS_ENOUGH(409, "代取人已够多", "There are collectors enough",
            "同时最多委托 {0} 人，请先取消一位。", "At most {0} at a time; withdraw one first."),
    PURCHASES_USED_UP(409, "进行中的代购已满", "Enough purchases are under way",
            "每户同时最多 {0} 单，请等前面的送到。", "A household has at most {0} at once; wait for the others."),
    BUDGET_EXCEEDED(409, "超出住户同意的金额", "It costs more than was agreed",
            "请先征得住户同意，再购买。", "Ask the household first."),
    RECEIPT_MISSING(409, "缺少小票照片", "The receipt is missing",
            "请先上传购物小票照片。", "Send a picture of the receipt first."),
    STALE_VERSION(412, "内容已被他人修改", "Changed by somebody else",
            "请查看最新内容后重新修改。", "Read the newest version and apply your change to it."),
    TOO_LARGE(413, "内容过大", "Too large",
            "最大允许 {0}。", "At most {0} are accepted."),
    WRONG_MEDIA_TYPE(415, "格式不支持", "Media type not supported",
            "请使用 {0}。", "Send {0}."),
    KEY_REUSED(422, "重复的请求编号", "Idempotency key used for something else",
            "同一编号已用于另一请求，请换新编号。", "This Idempotency-Key came with another body before; use a new one."),
    UNREADABLE_FILE(422, "文件无法读取", "The file cannot be read",
            "{0}", "{0}"),
    VERSION_REQUIRED(428, "缺少版本号", "If-Match is required",
            "请先读取最新内容，再带 If-Match 提交。", "Read the present version and send its ETag as If-Match."),
    TOO_MANY_ATTEMPTS(429, "尝试次数过多", "Too many attempts",
            "请稍后再试。", "Wait and try again."),
    TOO_MANY_STREAMS(429, "打开的页面过多", "Too many open streams",
            "同一账号最多同时打开 {0} 个实时页面，请关闭不用的。", "An account has at most {0} of them; close one that is not needed."),
    INTERNAL(500, "系统出错", "Internal error",
            "问题已记录，请稍后再试。", "The fault was recorded; try again later."),
    WECHAT_UNAVAILABLE(503, "暂时连不上微信", "WeChat does not answer",
            "请稍后再试，或用手机号和密码登录。", "Try again later, or log in with phone and password."),
    OVERLOADED(503, "系统繁忙", "Overloaded",
            "请稍候片刻自动重试。", "Try again in a moment."),
    UNAVAILABLE(503, "系统暂时不可用", "Temporarily unavailable",
            "正在恢复，请稍后再试。", "It is being restored; try again shortly.");

    private final int status;
    private final String titleChinese;
    private final String titleEnglish;
    private final String detailChinese;
    private final String detailEnglish;

    ProblemType(int status, String titleChinese, String titleEnglish, String detailChinese, String detailEnglish) {
        this.status = status;
        this.titleChinese = titleChinese;
        this.titleEnglish = titleEnglish;
        this.detailChinese = detailChinese;
        this.detailEnglish = detailEnglish;
    }

    public int status() {
        return status;
    }

    /** The last part of the problem's {@code type} URI, for instance {@code bad-input}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String title(Language language) {
        return language.choose(titleChinese, titleEnglish);
    }

    String detail(Language language, Object... arguments) {
        return language.fill(language.choose(detailChinese, detailEnglish), arguments);
    }

    /** A value that has words in both languages, for instance a round or a roster fault. */
    public interface Worded {
        String text(Language language);
    }
}
