package gatehouse.load.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

/** One transaction a report, one statement after the other; the rules of the day are the product's defaults. */
@Service
public class ReportService {
    private static final int CORRECTION_DAYS = 14;
    private static final int FEVER_TENTHS = 373;

    private final JdbcTemplate jdbc;
    private final ObjectMapper json;

    public ReportService(JdbcTemplate jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    private record Subject(UUID householdId, UUID buildingId, @Nullable UUID openAlert) {
    }

    /** The answer's JSON, after its commit. */
    @Transactional(rollbackFor = Exception.class)
    public String submit(TokenFilter.Caller caller, ReportController.Report report, @Nullable UUID key) throws JsonProcessingException {
        var today = LocalDate.now();
        if (report.date().isAfter(today) || report.date().isBefore(today.minusDays(CORRECTION_DAYS))) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_ENTITY);
        }
        if (key != null) {
            jdbc.update("insert into idempotency_key (compound_id, account_id, key, request_hash, created_at) values (?, ?, ?, ?, now())",
                    caller.compoundId(), caller.accountId(), key, hash(json.writeValueAsString(report)));
        }
        var residentId = report.residentId() == null ? caller.residentId() : report.residentId();
        var subject = jdbc.query("""
                select r.household_id, r.building_id, a.id from resident r
                left join health_alert a on a.compound_id = r.compound_id and a.resident_id = r.id and a.state <> 'CLOSED'
                where r.compound_id = ? and r.id = ? and r.moved_out_at is null""",
                (row, number) -> new Subject(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getObject(3, UUID.class)),
                caller.compoundId(), residentId).stream().filter(each -> each.householdId().equals(caller.householdId())).findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        int tenths = (int) Math.round(report.temperature() * 10);
        if (tenths >= FEVER_TENTHS || !report.symptoms().isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_IMPLEMENTED, "the reference knows no alerts");
        }
        var answer = json.writeValueAsString(store(caller, residentId, subject, report, tenths));
        if (key != null) {
            jdbc.update("update idempotency_key set status = 201, answer = ? where compound_id = ? and account_id = ? and key = ?",
                    answer, caller.compoundId(), caller.accountId(), key);
        }
        return answer;
    }

    private Map<String, Object> store(TokenFilter.Caller caller, UUID residentId, Subject subject, ReportController.Report report, int tenths) {
        int round = report.round().equals("MORNING") ? 1 : 2;
        var current = jdbc.queryForList("""
                select version from health_report where compound_id = ? and resident_id = ? and report_date = ? and round = ? for update""",
                Integer.class, caller.compoundId(), residentId, report.date(), round);
        var receivedAt = OffsetDateTime.now();
        int version = current.isEmpty() ? 1 : current.getFirst() + 1;
        if (!current.isEmpty()) {
            jdbc.update("""
                    insert into health_report_version (compound_id, resident_id, report_date, round, version, temperature_tenths, symptoms, note,
                        status, reported_by, reported_as, received_at, replaced_at)
                    select compound_id, resident_id, report_date, round, version, temperature_tenths, symptoms, note, status, reported_by,
                        reported_as, received_at, ? from health_report
                    where compound_id = ? and resident_id = ? and report_date = ? and round = ?""",
                    receivedAt, caller.compoundId(), residentId, report.date(), round);
            jdbc.update("""
                    update health_report set temperature_tenths = ?, note = ?, version = ?, received_at = ?, reported_by = ?
                    where compound_id = ? and resident_id = ? and report_date = ? and round = ?""",
                    tenths, report.note(), version, receivedAt, caller.accountId(), caller.compoundId(), residentId, report.date(), round);
        } else {
            jdbc.update("""
                    insert into health_report (compound_id, resident_id, report_date, round, household_id, building_id, temperature_tenths,
                        symptoms, note, status, reported_by, reported_as, received_at, version, alert_id)
                    values (?, ?, ?, ?, ?, ?, ?, '{}', ?, 'LATE', ?, 'SELF', ?, 1, ?)""",
                    new Object[] {caller.compoundId(), residentId, report.date(), round, subject.householdId(), subject.buildingId(), tenths,
                        report.note(), caller.accountId(), receivedAt, subject.openAlert()},
                    new int[] {Types.OTHER, Types.OTHER, Types.DATE, Types.SMALLINT, Types.OTHER, Types.OTHER, Types.SMALLINT, Types.VARCHAR,
                        Types.OTHER, Types.TIMESTAMP_WITH_TIMEZONE, Types.OTHER});
        }
        return Map.of("residentId", residentId, "date", report.date().toString(), "round", report.round(), "temperature", report.temperature(),
                "symptoms", report.symptoms(), "status", "LATE", "version", version, "receivedAt", receivedAt.toString());
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
