-- Once a day those at home and those who watch over them are told what is due.
alter table health_day_mark
    drop constraint health_day_mark_mark_check,
    add constraint health_day_mark_mark_check
        check (mark in ('OBSERVATION_REMINDER', 'MORNING_REMINDER', 'AFTERNOON_REMINDER', 'LAST_REMINDER', 'CUT_OFF', 'CALL_LIST'));
