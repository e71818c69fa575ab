-- The doors to knock at are told once a day, when the last reminder had its time.
alter table health_day_mark
    drop constraint health_day_mark_mark_check,
    add constraint health_day_mark_mark_check
        check (mark in ('OBSERVATION_REMINDER', 'MORNING_REMINDER', 'AFTERNOON_REMINDER', 'LAST_REMINDER', 'KNOCK_LIST', 'CUT_OFF', 'CALL_LIST'));
