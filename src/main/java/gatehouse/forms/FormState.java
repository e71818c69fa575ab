package gatehouse.forms;

/** Whether a form still follows what happens. */
enum FormState {
    LIVE, FROZEN
}
