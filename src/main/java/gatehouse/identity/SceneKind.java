package gatehouse.identity;

/** What the scene of a mini program's code stands for; its first character says which. */
public enum SceneKind {
    GATE('g'), DOOR_CARD('d'), COURIER_LINK('c'), PORTAL_LOGIN('l');

    private final char mark;

    SceneKind(char mark) {
        this.mark = mark;
    }

    String mark() {
        return String.valueOf(mark);
    }

    boolean marks(String scene) {
        return !scene.isEmpty() && scene.charAt(0) == mark;
    }
}
