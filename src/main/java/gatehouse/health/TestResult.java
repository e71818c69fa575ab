package gatehouse.health;

/** What a nucleic-acid test 核酸检测 showed. */
enum TestResult {
    NEGATIVE, POSITIVE
}
