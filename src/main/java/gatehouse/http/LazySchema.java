package gatehouse.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A schema that is compiled when it is first asked, so that the start does not wait for all of them. */
public final class LazySchema {
    private final Supplier<JsonSchema> compile;
    private volatile @Nullable JsonSchema schema;

    LazySchema(Supplier<JsonSchema> compile) {
        this.compile = compile;
    }

    Set<ValidationMessage> validate(JsonNode value) {
        var compiled = schema;
        if (compiled == null) {
            // Compiled twice by two threads is the same schema twice.
            compiled = compile.get();
            schema = compiled;
        }
        return compiled.validate(value);
    }
}
