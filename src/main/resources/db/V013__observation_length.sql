-- An observation that staff forgot to release may be prolonged again by a new journey, beyond what one start allows.
alter table observation
    drop constraint observation_days_check,
    add check (days between 1 and 400);
