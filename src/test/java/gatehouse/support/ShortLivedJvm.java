package gatehouse.support;

import java.util.List;

/** How tests start a JVM that lives for seconds: its second compiler and its concurrent collector would cost more than they give. */
public final class ShortLivedJvm {
    public static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private ShortLivedJvm() {
    }

    /** This JVM's own program with those options; class path and main class are the caller's to add. */
    public static List<String> command() {
        return List.of(ProcessHandle.current().info().command().orElseThrow(), OPTIONS.get(0), OPTIONS.get(1));
    }
}
