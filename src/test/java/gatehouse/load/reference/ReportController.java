package gatehouse.load.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code POST /api/v1/health-reports}. */
@RestController
public class ReportController {
    private static final List<String> ROUNDS = List.of("MORNING", "AFTERNOON");
    private static final List<String> SYMPTOMS = List.of("FEVER", "DRY_COUGH", "FATIGUE", "SORE_THROAT", "DIARRHOEA", "DYSPNOEA",
            "LOSS_OF_SMELL_OR_TASTE", "OTHER");
    private static final double LOWEST = 34.0;
    private static final double HIGHEST = 43.0;

    private final ReportService service;

    public ReportController(ReportService service) {
        this.service = service;
    }

    /** The body of a report. */
    public record Report(@Nullable UUID residentId, LocalDate date, String round, double temperature, List<String> symptoms, @Nullable String note) {
    }

    /** Answers 201 with the report as it was stored. */
    @PostMapping("/api/v1/health-reports")
    public ResponseEntity<String> submit(@RequestAttribute(TokenFilter.CALLER) TokenFilter.Caller caller, @RequestBody Report report,
                                         @RequestHeader(value = "Idempotency-Key", required = false) @Nullable UUID key) throws JsonProcessingException {
        if (!ROUNDS.contains(report.round()) || report.temperature() < LOWEST || report.temperature() > HIGHEST || !SYMPTOMS.containsAll(report.symptoms())) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_ENTITY);
        }
        return ResponseEntity.status(HttpStatus.CREATED).contentType(MediaType.APPLICATION_JSON).body(service.submit(caller, report, key));
    }
}
