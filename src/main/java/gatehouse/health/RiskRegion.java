package gatehouse.health;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A region on the risk list.
 *
 * @param code six digits of GB/T 2260; zeros at the end mean the whole city or province
 * @param to   its last day on the list, null until further notice
 */
record RiskRegion(String code, String name, RiskLevel level, LocalDate from, @Nullable LocalDate to) {
}
