package gatehouse.forms;

import gatehouse.http.Json;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Sql;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The lines of forms: as their queries give them now, and as they were frozen. */
final class FormStore {
    /** So many rows are in memory at a time, whoever reads or writes them. */
    private static final int BATCH = 500;

    private FormStore() {
    }

    /** A line of a form; of people with their building. */
    record Line(@Nullable UUID buildingId, List<Cell> cells) {
    }

    static void live(Tx tx, Form form, Asked asked, Consumer<Line> reader) {
        form.query().rows(tx, asked).each(BATCH, row -> reader.accept(new Line(row.getUUID("building_id"),
                form.columns().stream().map(column -> cell(column, row)).toList())));
    }

    private static Cell cell(Column column, Row row) {
        var field = column.field();
        if (row.getValue(field) == null) {
            return Cell.NOTHING;
        }
        return switch (column.kind()) {
            case TEXT -> new Cell.Text(row.getString(field));
            case WORD -> new Cell.Text(word(column, row.getString(field)));
            case WORDS -> new Cell.Text(Arrays.stream(row.getArrayOfStrings(field)).map(code -> word(column, code))
                    .collect(Collectors.joining(FormWords.AND)));
            case COUNT -> new Cell.Count(row.getLong(field));
            case DEGREES -> new Cell.Degrees(row.getInteger(field));
            case DATE -> new Cell.Day(row.getLocalDate(field));
            case TIME -> new Cell.Time(row.getOffsetDateTime(field));
        };
    }

    private static String word(Column column, String code) {
        return column.words().getOrDefault(code, code);
    }

    /** A compound as the forms of a date name it, and when its form was frozen. */
    record Place(UUID compoundId, UUID communityId, String community, String compound, OffsetDateTime createdAt, Optional<Frozen> frozen) {
    }

    /** @param headings of the columns that the rows have, which may no longer be those of the form */
    record Frozen(OffsetDateTime at, List<String> headings, long rows) {
    }

    /** The compounds of the scope in the order of their names as they were then, with what is frozen of this form and date. */
    static List<Place> places(Statements statements, Scope scope, Form form, LocalDate date) {
        return statements.sql("""
                select c.id, c.community_id, coalesce(f.community, m.name) as community, coalesce(f.compound, c.name) as compound, c.created_at,
                    f.frozen_at, z.headings,
                    case when f.names_forgotten_at is not null and $4 then 0 else z.row_count end as row_count
                from compound c
                join community m on m.id = c.community_id
                left join form_frozen z on z.compound_id = c.id and z.form_date = $2 and z.form = $3
                left join form_freeze f on f.compound_id = z.compound_id and f.form_date = z.form_date
                where c.id = any($1)
                order by coalesce(f.community, m.name) collate "C", c.community_id, coalesce(f.compound, c.name) collate "C", c.id""")
                .bind(scope.compounds()).bind(date).bind(form.name()).bind(form.content() == Form.Content.NAMES)
                .list(row -> new Place(row.getUUID("id"), row.getUUID("community_id"), row.getString("community"), row.getString("compound"),
                        row.getOffsetDateTime("created_at"), frozen(row)));
    }

    private static Optional<Frozen> frozen(Row row) {
        return Optional.ofNullable(row.getOffsetDateTime("frozen_at"))
                .map(at -> new Frozen(at, List.of(row.getArrayOfStrings("headings")), row.getLong("row_count")));
    }

    private static Sql frozenRows(Statements statements, Form form, Asked asked) {
        return statements.sql("""
                select cells from form_frozen_row
                where compound_id = $1 and form_date = $2 and form = $3 and ($4 or building_id = any($5))
                order by position""")
                .bind(asked.compoundId()).bind(asked.date()).bind(form.name()).bind(asked.whole()).bind(asked.buildings());
    }

    static void frozen(Tx tx, Form form, Frozen frozen, Asked asked, Consumer<Line> reader) {
        var positions = form.columns().stream().map(column -> frozen.headings().indexOf(column.heading())).toList();
        frozenRows(tx, form, asked).each(BATCH, row -> {
            var kept = Json.readOwn(row.getString("cells"), Object[].class);
            reader.accept(new Line(null, IntStream.range(0, positions.size())
                    .mapToObj(i -> positions.get(i) < 0 ? Cell.NOTHING : thawed(form.columns().get(i).kind(), kept[positions.get(i)])).toList()));
        });
    }

    /** How many lines this compound's part has. */
    static long count(Statements statements, Form form, Optional<Frozen> frozen, Asked asked) {
        if (frozen.isEmpty()) {
            return form.query().rows(statements, asked).count();
        }
        return asked.whole() ? frozen.get().rows() : frozenRows(statements, form, asked).count();
    }

    private static @Nullable Object kept(Cell cell) {
        return switch (cell) {
            case Cell.Nothing() -> null;
            case Cell.Text(var value) -> value;
            case Cell.Count(var value) -> value;
            case Cell.Degrees(var tenths) -> tenths;
            case Cell.Day(var date) -> date.toString();
            case Cell.Time(var at) -> at.toInstant().toString();
        };
    }

    private static Cell thawed(Column.Kind kind, @Nullable Object kept) {
        if (kept == null) {
            return Cell.NOTHING;
        }
        return switch (kind) {
            case TEXT, WORD, WORDS -> new Cell.Text((String) kept);
            case COUNT -> new Cell.Count(((Number) kept).longValue());
            case DEGREES -> new Cell.Degrees(((Number) kept).intValue());
            case DATE -> new Cell.Day(LocalDate.parse((String) kept));
            case TIME -> new Cell.Time(Instant.parse((String) kept).atOffset(ZoneOffset.UTC));
        };
    }

    record Compound(UUID id, OffsetDateTime createdAt) {
    }

    record Done(UUID compoundId, LocalDate date) {
    }

    static List<Compound> compounds(Statements statements) {
        return statements.sql("select id, created_at from compound order by id")
                .list(row -> new Compound(row.getUUID("id"), row.getOffsetDateTime("created_at")));
    }

    static List<Done> done(Statements statements, LocalDate since) {
        return statements.sql("select compound_id, form_date from form_freeze where form_date >= $1").bind(since)
                .list(row -> new Done(row.getUUID("compound_id"), row.getLocalDate("form_date")));
    }

    /** False where somebody else has frozen this day; waits for who is about to. What is read afterwards is one picture. */
    static boolean begin(Tx tx, UUID compoundId, LocalDate date, OffsetDateTime dueAt, OffsetDateTime now) {
        tx.sql("set transaction isolation level repeatable read").update();
        return tx.sql("""
                insert into form_freeze (compound_id, form_date, community, compound, due_at, frozen_at)
                select c.id, $2, m.name, c.name, $3, $4 from compound c join community m on m.id = c.community_id where c.id = $1
                on conflict do nothing""")
                .bind(compoundId).bind(date).bind(dueAt).bind(now).update() == 1;
    }

    static void freeze(Tx tx, Form form, Asked asked) {
        var batch = new ArrayList<Line>();
        long[] written = {0};
        Runnable write = () -> {
            insert(tx, form, asked, written[0], batch);
            written[0] += batch.size();
            batch.clear();
        };
        live(tx, form, asked, line -> {
            batch.add(line);
            if (batch.size() == BATCH) {
                write.run();
            }
        });
        write.run();
        tx.sql("insert into form_frozen (compound_id, form_date, form, headings, row_count) values ($1, $2, $3, $4, $5)")
                .bind(asked.compoundId()).bind(asked.date()).bind(form.name())
                .bind(form.columns().stream().map(Column::heading).toArray(String[]::new)).bind((int) written[0]).update();
    }

    private static void insert(Tx tx, Form form, Asked asked, long before, List<Line> lines) {
        tx.sql("""
                insert into form_frozen_row (compound_id, form_date, form, position, building_id, cells)
                select $1, $2, $3, $4 + l.place, l.building_id, l.cells
                from unnest($5::uuid[], $6::text[]) with ordinality as l (building_id, cells, place)""")
                .bind(asked.compoundId()).bind(asked.date()).bind(form.name()).bind((int) before)
                .bind(lines.stream().map(Line::buildingId).toArray(UUID[]::new))
                .bind(lines.stream().map(line -> Json.writeText(line.cells().stream().map(FormStore::kept).toArray())).toArray(String[]::new))
                .update();
    }

    /** Of dates before that day the lines of those forms, a few dates at a time; answers how many dates. */
    static int forgetNames(Tx tx, UUID compoundId, List<String> forms, LocalDate before, int atMost, OffsetDateTime now) {
        var dates = tx.sql("""
                select form_date from form_freeze where compound_id = $1 and form_date < $2 and names_forgotten_at is null
                order by form_date limit $3 for no key update skip locked""").bind(compoundId).bind(before).bind(atMost)
                .list(row -> row.getLocalDate("form_date")).toArray(LocalDate[]::new);
        tx.sql("delete from form_frozen_row where compound_id = $1 and form_date = any($2) and form = any($3)")
                .bind(compoundId).bind(dates).bind(forms.toArray(String[]::new)).update();
        return tx.sql("update form_freeze set names_forgotten_at = $3 where compound_id = $1 and form_date = any($2)")
                .bind(compoundId).bind(dates).bind(now).update();
    }

    /** A compound of a subdistrict in which some day's forms were frozen and not told yet. */
    record Awaited(UUID subdistrictId, LocalDate date, UUID compoundId, UUID communityId, OffsetDateTime createdAt, boolean frozen) {
    }

    static List<Awaited> awaited(Statements statements, LocalDate since) {
        return statements.sql("""
                select d.subdistrict_id, d.form_date, c.id, c.community_id, c.created_at, f.compound_id is not null as frozen
                from (select distinct m.subdistrict_id, f.form_date
                      from form_freeze f join compound c on c.id = f.compound_id join community m on m.id = c.community_id
                      where f.announced_at is null and f.form_date >= $1) d
                join community m on m.subdistrict_id = d.subdistrict_id
                join compound c on c.community_id = m.id
                left join form_freeze f on f.compound_id = c.id and f.form_date = d.form_date
                order by d.subdistrict_id, d.form_date, c.id""").bind(since)
                .list(row -> new Awaited(row.getUUID("subdistrict_id"), row.getLocalDate("form_date"), row.getUUID("id"),
                        row.getUUID("community_id"), row.getOffsetDateTime("created_at"), row.getBoolean("frozen")));
    }

    /** False where somebody else has told it. */
    static boolean announce(Tx tx, LocalDate date, List<UUID> compounds, OffsetDateTime now) {
        return tx.sql("""
                update form_freeze set announced_at = $3
                where form_date = $1 and compound_id = any($2) and announced_at is null""")
                .bind(date).bind(compounds.toArray(UUID[]::new)).bind(now).update() > 0;
    }
}
