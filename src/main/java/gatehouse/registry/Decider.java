package gatehouse.registry;

/** Who decides a kind of request: the rule at once where everything is within policy, or always a person of the staff. */
public enum Decider {
    RULE, STAFF
}
