-- What the live picture asks of observations: who is under one, by day; never through all those that are over.

create index observation_open_by_time on observation (compound_id, starts_on) where state = 'OPEN';
create index observation_by_end on observation (compound_id, ended_at) where state <> 'OPEN';

-- A day that is over, as a count of residents by the higher of their temperatures: from it follow median, highest and fevers of any
-- set of buildings, without the day's reports. A day that has a row here is counted; a late report takes the row away again.
create table health_temperature_day (
    compound_id uuid not null references compound,
    report_date date not null,
    counted_at timestamptz not null,
    primary key (compound_id, report_date)
);

create table health_temperature_count (
    compound_id uuid not null,
    report_date date not null,
    building_id uuid not null,
    temperature_tenths smallint not null,
    residents integer not null check (residents > 0),
    primary key (compound_id, report_date, building_id, temperature_tenths),
    foreign key (compound_id, report_date) references health_temperature_day (compound_id, report_date) on delete cascade,
    foreign key (compound_id, building_id) references building (compound_id, id)
);
