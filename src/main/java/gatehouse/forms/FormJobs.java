package gatehouse.forms;

/** What forms do by the clock; running it twice does nothing more. */
public final class FormJobs {
    private final FormActions actions;

    public FormJobs(FormActions actions) {
        this.actions = actions;
    }

    /** Freezes each compound's forms at the hour of its policy, also late; answers how many days were frozen. For every minute. */
    public int freezeWhatIsDue() {
        return actions.freezeWhatIsDue();
    }
}
