package gatehouse.kernel;

/** What a request was answered with: status and JSON text, as they are kept under its idempotency key. */
public record Answer(int status, String json, boolean replayed) {
    public Answer(int status, String json) {
        this(status, json, false);
    }
}
