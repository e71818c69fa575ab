-- What the clock did for a compound's day. A mark is set in the transaction of its effect, so each is done once, whoever comes first.

create table health_day_mark (
    compound_id uuid not null references compound,
    business_date date not null,
    mark text not null check (mark in ('MORNING_REMINDER', 'AFTERNOON_REMINDER', 'LAST_REMINDER', 'CUT_OFF', 'CALL_LIST')),
    due_at timestamptz not null,
    done_at timestamptz not null,
    primary key (compound_id, business_date, mark)
);

-- A round as it stood at its cut-off; a compound without anybody counts zero.
create table health_round_count (
    compound_id uuid not null references compound,
    report_date date not null,
    round smallint not null check (round in (1, 2)),
    expected integer not null,
    reported integer not null,
    counted_at timestamptz not null,
    primary key (compound_id, report_date, round),
    check (reported between 0 and expected)
);
