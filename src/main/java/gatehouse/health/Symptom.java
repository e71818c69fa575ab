package gatehouse.health;

/** The symptoms of the report form; all but {@link #OTHER} are listed ones, which open an alert. */
public enum Symptom {
    FEVER, DRY_COUGH, FATIGUE, SORE_THROAT, DIARRHOEA, DYSPNOEA, LOSS_OF_SMELL_OR_TASTE, OTHER;

    boolean isListed() {
        return this != OTHER;
    }
}
