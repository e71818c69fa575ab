package gatehouse.health;

/** How risky a listed region is 中高风险地区. */
enum RiskLevel {
    HIGH, MEDIUM
}
