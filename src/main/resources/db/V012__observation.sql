-- Where it is risky to have been, where residents have been, and who therefore stays at home for how long.

-- The list as it was at any time: a row is taken off, never deleted.
create table risk_region (
    compound_id uuid not null references compound,
    id uuid not null,
    -- GB/T 2260, six digits; zeros at the end mean the whole city or province
    region_code text not null check (region_code ~ '^[0-9]{6}$'),
    region_name text not null,
    level text not null check (level in ('HIGH', 'MEDIUM')),
    listed_from date not null,
    -- null: until further notice; else its last day
    listed_to date,
    added_at timestamptz not null,
    added_by uuid not null,
    removed_at timestamptz,
    removed_by uuid,
    primary key (compound_id, id),
    check (listed_to >= listed_from),
    check ((removed_at is null) = (removed_by is null))
);
create index risk_region_current on risk_region (compound_id, region_code) where removed_at is null;

create table travel_declaration (
    compound_id uuid not null,
    id uuid not null,
    resident_id uuid not null,
    contact_with_case boolean not null,
    declared_by_compound_id uuid not null,
    declared_by uuid not null,
    declared_at timestamptz not null,
    -- the observation that it opened, prolonged or found
    observation_id uuid,
    primary key (compound_id, id),
    foreign key (compound_id, resident_id) references resident (compound_id, id)
);
create index travel_declaration_by_resident on travel_declaration (compound_id, resident_id, declared_at);

create table travel_stay (
    compound_id uuid not null,
    declaration_id uuid not null,
    position smallint not null,
    region_code text not null check (region_code ~ '^[0-9]{6}$'),
    region_name text not null,
    arrived_on date not null,
    left_on date not null,
    transport text not null,
    primary key (compound_id, declaration_id, position),
    foreign key (compound_id, declaration_id) references travel_declaration (compound_id, id),
    check (left_on >= arrived_on)
);

create table observation (
    compound_id uuid not null,
    id uuid not null,
    resident_id uuid not null,
    household_id uuid not null,
    building_id uuid not null,
    cause text not null check (cause in ('RISK_REGION', 'CASE_CONTACT', 'OTHER_PROVINCE', 'HOUSEHOLD', 'STAFF')),
    reason text,
    state text not null check (state in ('OPEN', 'RELEASED', 'TRANSFERRED')),
    starts_on date not null,
    -- full days; the first is starts_on
    days smallint not null check (days between 1 and 60),
    opened_at timestamptz not null,
    ended_at timestamptz,
    -- counts up with every event
    version integer not null default 1,
    primary key (compound_id, id),
    foreign key (compound_id, resident_id) references resident (compound_id, id),
    foreign key (compound_id, household_id) references household (compound_id, id),
    check ((state = 'OPEN') = (ended_at is null))
);
-- one open observation per person
create unique index observation_open on observation (compound_id, resident_id) where state = 'OPEN';
create index observation_by_resident on observation (compound_id, resident_id, starts_on);
create index observation_by_time on observation (compound_id, opened_at, id);

-- Appended only.
create table observation_event (
    compound_id uuid not null,
    observation_id uuid not null,
    -- the observation's version that the event made
    version integer not null,
    event text not null check (event in ('START', 'PROLONG', 'FOLLOW_UP', 'TEST', 'RELEASE', 'TRANSFER')),
    note text,
    -- of a test
    taken_on date,
    result text check (result in ('NEGATIVE', 'POSITIVE')),
    -- of a start and a prolonging
    days smallint,
    event_at timestamptz not null,
    by_compound_id uuid not null,
    by_account_id uuid not null,
    primary key (compound_id, observation_id, version),
    foreign key (compound_id, observation_id) references observation (compound_id, id),
    check ((event = 'TEST') = (taken_on is not null) and (event = 'TEST') = (result is not null))
);
