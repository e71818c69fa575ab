-- One current report per resident, date and round; what a correction replaced is kept in health_report_version.

create table health_alert (
    compound_id uuid not null,
    id uuid not null,
    resident_id uuid not null,
    household_id uuid not null,
    building_id uuid not null,
    state text not null check (state in ('OPEN', 'ACKNOWLEDGED', 'ESCALATED', 'TRANSFERRED', 'CLOSED')),
    opened_at timestamptz not null,
    closed_at timestamptz,
    primary key (compound_id, id),
    foreign key (compound_id, resident_id) references resident (compound_id, id)
);
-- several symptoms and repeated reports join the open alert of that person
create unique index health_alert_open on health_alert (compound_id, resident_id) where state <> 'CLOSED';

create table health_report (
    compound_id uuid not null,
    resident_id uuid not null,
    report_date date not null,
    -- 1 = MORNING, 2 = AFTERNOON
    round smallint not null check (round in (1, 2)),
    household_id uuid not null,
    building_id uuid not null,
    temperature_tenths smallint not null check (temperature_tenths between 340 and 430),
    symptoms text[] not null,
    note text,
    status text not null check (status in ('ON_TIME', 'LATE')),
    reported_by uuid not null,
    reported_as text not null check (reported_as in ('SELF', 'HOUSEHOLD_MEMBER', 'STAFF')),
    received_at timestamptz not null,
    version integer not null,
    alert_id uuid,
    primary key (compound_id, resident_id, report_date, round),
    foreign key (compound_id, resident_id) references resident (compound_id, id)
) with (fillfactor = 90);
-- the day's counts and missing lists touch the day's rows only
create index health_report_by_day on health_report (compound_id, report_date, building_id, round);

create table health_report_version (
    compound_id uuid not null,
    resident_id uuid not null,
    report_date date not null,
    round smallint not null,
    version integer not null,
    temperature_tenths smallint not null,
    symptoms text[] not null,
    note text,
    status text not null,
    reported_by uuid not null,
    reported_as text not null,
    received_at timestamptz not null,
    replaced_at timestamptz not null,
    primary key (compound_id, resident_id, report_date, round, version),
    foreign key (compound_id, resident_id, report_date, round) references health_report (compound_id, resident_id, report_date, round)
);
