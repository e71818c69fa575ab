package gatehouse.demonstration;

import gatehouse.registry.IdNumber.Sex;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Invented names as they are usual in each generation; nobody's twice. */
final class Names {
    private static final List<String> COMMON_SURNAMES = List.of("王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 罗 高".split(" "));
    private static final List<String> OTHER_SURNAMES = List.of("""
            郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 廖 贾 夏
            韦 付 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 覃 武 戴 莫 孔 向 汤 欧阳 上官 司徒 诸葛"""
            .split("\\s+"));
    private static final int COMMON_PERCENT = 60;
    private static final int USUAL_ATTEMPTS = 60;

    private enum Generation {
        ELDER("建国 国强 志明 德福 永贵 文华 金生 玉山 福林 庆祥 长海 树生 国栋 明德 宝山 忠义 兴旺 广才 世荣 春生",
                "桂英 秀兰 玉珍 淑华 凤英 素芬 玉兰 秀英 桂兰 淑珍 月娥 惠芳 金凤 爱华 春梅 翠花 美玲 秋菊 彩云 瑞芝"),
        MIDDLE("伟 强 勇 军 斌 志刚 建军 海涛 晓东 永强 文斌 立新 俊峰 鹏程 卫东 振华 少华 国庆 明辉 志远 翀",
                "静 敏 丽 艳 娟 霞 红梅 晓燕 丽华 海燕 雪梅 秀丽 春燕 玉洁 文静 慧敏 亚萍 小红 莉 芳 赟"),
        YOUNG("浩然 宇 俊杰 子豪 博文 嘉伟 晨 磊 鑫 天宇 凯 振宇 思远 家豪 泽宇 逸飞 明轩 志鹏 琨 骁",
                "婷婷 雨欣 佳怡 思琪 梦洁 雪 欣怡 璐 诗涵 晓彤 静怡 倩 子萱 悦 雅琴 可欣 嘉慧 玥 婧 安琪"),
        CHILD("子轩 浩宇 梓豪 宇轩 沐辰 奕辰 俊熙 一鸣 皓轩 思辰 睿 铭泽 景行 知行 乐天",
                "梓涵 一诺 欣妍 若曦 语桐 可馨 依诺 梓萱 沐瑶 雨桐 思彤 念安 嘉宁 芷若 安然");

        private final List<String> male;
        private final List<String> female;

        Generation(String male, String female) {
            this.male = List.of(male.split(" "));
            this.female = List.of(female.split(" "));
        }

        static Generation of(int age) {
            return age >= 60 ? ELDER : age >= 37 ? MIDDLE : age >= 18 ? YOUNG : CHILD;
        }

        List<String> names(Sex sex) {
            return switch (sex) {
                case MALE -> male;
                case FEMALE -> female;
            };
        }
    }

    private final Random random;
    private final Set<String> given = new HashSet<>();

    Names(Random random) {
        this.random = random;
    }

    String surname() {
        return pick(random.nextInt(100) < COMMON_PERCENT ? COMMON_SURNAMES : OTHER_SURNAMES);
    }

    /** A full name of that surname that nobody has yet; where all usual ones are taken, one made of two. */
    String full(String surname, Sex sex, int age) {
        var usual = Generation.of(age).names(sex);
        for (int attempt = 1; ; attempt++) {
            var name = surname + (attempt <= USUAL_ATTEMPTS ? pick(usual) : pick(usual).substring(0, 1) + pick(usual).substring(0, 1));
            if (given.add(name)) {
                return name;
            }
        }
    }

    /** Keeps a name of the story for its bearer. */
    void reserve(String name) {
        given.add(name);
    }

    static String surnameOf(String name) {
        var two = name.substring(0, 2);
        return OTHER_SURNAMES.contains(two) ? two : name.substring(0, 1);
    }

    private <T> T pick(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
