package gatehouse.health;

import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Language;
import gatehouse.registry.TableDate;
import gatehouse.registry.TableFile;
import gatehouse.registry.TableFile.Column;
import gatehouse.registry.TableFile.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A risk list as it is published and kept: its columns and words. */
final class RiskListTable {
    private static final String CODE = "地区代码";
    private static final String NAME = "地区名称";
    private static final String LEVEL = "风险等级";
    private static final String FROM = "开始日期";
    private static final String TO = "结束日期";
    private static final List<Column> COLUMNS = List.of(
            Column.required(CODE, "行政区划代码", "区划代码", "代码"), Column.required(NAME, "地区", "名称", "区域"),
            Column.required(LEVEL, "等级", "级别", "风险级别"), Column.required(FROM, "列入日期", "调入日期", "起").ofDates(),
            Column.optional(TO, "移出日期", "调出日期", "解除日期", "止").ofDates());
    private static final int NAME_CHARACTERS_MAX = 60;

    private RiskListTable() {
    }

    /** A region with the line that named it. */
    record Line(int line, RiskRegion region) {
    }

    /** Why a line, or a column of the heading, was not taken. */
    record Rejection(int line, String column, FieldFault fault, List<Object> arguments) {
        String reason(Language language) {
            return fault.text(language, arguments.toArray());
        }

        static Rejection repeated(Line line) {
            return new Rejection(line.line, CODE, FieldFault.REPEATED_ITEMS, List.of());
        }
    }

    record Read(List<Line> lines, List<Rejection> rejected) {
    }

    /** Reads it whole; bad lines never stop the good ones. Fails with {@code UNREADABLE_FILE} where it is no such table. */
    static Read read(byte[] content) {
        var table = TableFile.read(content, COLUMNS);
        var lines = new ArrayList<Line>();
        var rejected = new ArrayList<Rejection>();
        table.unknown().forEach(column -> rejected.add(new Rejection(column.line(), column.heading(), FieldFault.UNKNOWN_FIELD, List.of())));
        for (var row : table.rows()) {
            var reading = new Reading(row);
            reading.region().ifPresent(region -> lines.add(new Line(row.line(), region)));
            rejected.addAll(reading.faults);
        }
        return new Read(lines, rejected);
    }

    private static final class Reading {
        private final Row row;
        private final List<Rejection> faults = new ArrayList<>();

        Reading(Row row) {
            this.row = row;
        }

        Optional<RiskRegion> region() {
            if (row.brokenAt().isPresent()) {
                faults.add(new Rejection(row.line(), row.brokenAt().get(), FieldFault.WRONG_FORMAT, List.of("CSV")));
                return Optional.empty();
            }
            var code = row.cell(CODE).replace(" ", "");
            var name = row.cell(NAME);
            demand(RegionPolicy.isRegionCode(code), CODE, FieldFault.NOT_A_REGION);
            demand(!name.isEmpty(), NAME, FieldFault.REQUIRED);
            demand(name.length() <= NAME_CHARACTERS_MAX, NAME, FieldFault.TOO_LONG, NAME_CHARACTERS_MAX);
            var level = level();
            demand(level.isPresent(), LEVEL, FieldFault.NOT_LISTED, "高, 中");
            var from = day(FROM);
            demand(from.isPresent(), FROM, FieldFault.NOT_A_DAY);
            var to = day(TO);
            demand(to.isPresent() || row.cell(TO).isEmpty(), TO, FieldFault.NOT_A_DAY);
            demand(to.isEmpty() || from.isEmpty() || !to.get().isBefore(from.get()), TO, FieldFault.TOO_SMALL, from.map(Object::toString).orElse(""));
            row.strayColumns().forEach(column -> faults.add(new Rejection(row.line(), column, FieldFault.UNKNOWN_FIELD, List.of())));
            return faults.isEmpty() ? Optional.of(new RiskRegion(code, name, level.orElseThrow(), from.orElseThrow(), to.orElse(null))) : Optional.empty();
        }

        private void demand(boolean holds, String column, FieldFault fault, Object... arguments) {
            if (!holds) {
                faults.add(new Rejection(row.line(), column, fault, List.of(arguments)));
            }
        }

        private Optional<RiskLevel> level() {
            return switch (row.cell(LEVEL).toUpperCase(java.util.Locale.ROOT)) {
                case "高", "高风险", "高风险区", "高风险地区", "HIGH" -> Optional.of(RiskLevel.HIGH);
                case "中", "中风险", "中风险区", "中风险地区", "MEDIUM" -> Optional.of(RiskLevel.MEDIUM);
                default -> Optional.empty();
            };
        }

        private Optional<LocalDate> day(String column) {
            return TableDate.parse(row.cell(column)).map(TableDate::day);
        }
    }
}
