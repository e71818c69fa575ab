package gatehouse.audit;

/**
 * How a chain can be broken: an entry is missing, was changed, does not follow the one before it, was sealed with a key that this
 * process does not hold, belongs to a disclosure that was changed or removed, or is not the end that the head names.
 */
enum AuditFault {
    MISSING, ALTERED, UNLINKED, UNKNOWN_KEY, DISCLOSURE_ALTERED, HEAD_ALTERED
}
