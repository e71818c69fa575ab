-- Days that a compound's office entered: worked although a holiday or weekend, or not although a weekday.

create table working_calendar (
    compound_id uuid primary key references compound,
    version integer not null
);

create table working_day (
    compound_id uuid not null references compound,
    day date not null,
    worked boolean not null,
    name text not null,
    set_at timestamptz not null,
    set_by uuid not null,
    primary key (compound_id, day)
);
