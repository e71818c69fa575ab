package gatehouse.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A resident's relation to the head of the household (与户主关系), with the words rosters write for it. */
public enum Relation {
    HEAD("户主", "本人", "业主"),
    SPOUSE("配偶", "丈夫", "妻子", "夫", "妻", "夫妻", "爱人"),
    CHILD("子女", "儿子", "女儿", "子", "女", "长子", "次子", "三子", "长女", "次女", "三女", "独生子", "独生女", "儿媳", "女婿"),
    PARENT("父母", "父亲", "母亲", "父", "母", "爸爸", "妈妈", "岳父", "岳母", "公公", "婆婆"),
    GRANDPARENT("祖父母", "祖父", "祖母", "爷爷", "奶奶", "外祖父母", "外祖父", "外祖母", "外公", "外婆", "姥姥", "姥爷"),
    GRANDCHILD("孙子女", "孙子", "孙女", "外孙子女", "外孙", "外孙女", "外孙子"),
    SIBLING("兄弟姐妹", "兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹", "兄弟", "姐妹"),
    TENANT("租户", "租客", "承租人", "租住", "合租"),
    CARER("保姆/护工", "保姆", "护工", "月嫂", "家政"),
    OTHER("其他", "其它", "亲戚", "亲属", "朋友", "非亲属");

    private static final Map<String, Relation> BY_WORD = Arrays.stream(values())
            .flatMap(relation -> relation.words.stream().map(word -> Map.entry(word, relation)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final List<String> words;

    Relation(String word, String... alsoWritten) {
        this.words = Stream.concat(Stream.of(word), Arrays.stream(alsoWritten)).toList();
    }

    /** The word of the roster's column. */
    public String word() {
        return words.getFirst();
    }

    static Parsed<Relation> parse(String written) {
        Relation relation = BY_WORD.get(CellText.tight(written).replace('、', '/'));
        return relation == null ? Parsed.bad(RosterFault.RELATION, allWords()) : Parsed.good(relation);
    }

    private static String allWords() {
        return Arrays.stream(values()).map((Function<Relation, String>) Relation::word).collect(Collectors.joining(", "));
    }
}
