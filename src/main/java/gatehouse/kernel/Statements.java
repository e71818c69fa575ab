package gatehouse.kernel;

/** Where a store may run a statement: an open transaction, or the database itself for a single read. */
public sealed interface Statements permits Tx, Database {
    Sql sql(String text);
}
