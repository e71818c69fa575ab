-- Visitors whom a household invited, and emergency vehicles, which are let in at once and registered afterwards.

create table visit (
    compound_id uuid not null,
    id uuid not null,
    household_id uuid not null,
    building_id uuid not null,
    -- the code is computed from the id by that key; the table can only recognise it
    code_key text not null,
    code_hash bytea not null,
    visitor_name text not null,
    phone_sealed bytea not null,
    phone_masked text not null,
    id_number_sealed bytea,
    id_number_masked text,
    plate text,
    -- where they come from, GB/T 2260
    region_code text,
    purpose text not null,
    expected_at timestamptz not null,
    visit_date date not null,
    state text not null check (state in ('EXPECTED', 'INSIDE', 'LEFT', 'CANCELLED')),
    invited_at timestamptz not null,
    entered_at timestamptz,
    entered_gate_id uuid,
    left_at timestamptz,
    left_gate_id uuid,
    primary key (compound_id, id),
    unique (compound_id, code_hash),
    foreign key (compound_id, household_id) references household (compound_id, id),
    foreign key (compound_id, building_id) references building (compound_id, id),
    foreign key (compound_id, entered_gate_id) references gate (compound_id, id),
    foreign key (compound_id, left_gate_id) references gate (compound_id, id),
    check ((id_number_sealed is null) = (id_number_masked is null)),
    check ((state in ('INSIDE', 'LEFT')) = (entered_at is not null)),
    check ((state = 'LEFT') = (left_at is not null))
) with (fillfactor = 85);
create index visit_by_day on visit (compound_id, visit_date);
create index visit_by_household on visit (compound_id, household_id, visit_date);
create index visit_inside on visit (compound_id, entered_at) where state = 'INSIDE';

-- Appended only; who was turned back stands here as well.
create table visit_event (
    compound_id uuid not null,
    visit_id uuid not null,
    id uuid not null,
    event text not null check (event in ('INVITE', 'CANCEL', 'ENTER', 'TURN_BACK', 'LEAVE')),
    reason text,
    gate_id uuid,
    temperature_tenths smallint,
    mask boolean,
    health_code text check (health_code in ('GREEN', 'YELLOW', 'RED', 'NONE')),
    event_at timestamptz not null,
    by_compound_id uuid not null,
    by_account_id uuid not null,
    primary key (compound_id, visit_id, id),
    foreign key (compound_id, visit_id) references visit (compound_id, id)
);

create table emergency_entry (
    compound_id uuid not null,
    id uuid not null,
    gate_id uuid not null,
    service text not null check (service in ('POLICE', 'AMBULANCE', 'FIRE', 'UTILITY')),
    entry_date date not null,
    entered_at timestamptz not null,
    let_in_by uuid not null,
    -- the papers, written afterwards
    plate text,
    organisation text,
    people smallint check (people between 1 and 99),
    purpose text,
    registered_at timestamptz,
    registered_by_compound_id uuid,
    registered_by uuid,
    left_at timestamptz,
    left_gate_id uuid,
    primary key (compound_id, id),
    foreign key (compound_id, gate_id) references gate (compound_id, id),
    foreign key (compound_id, left_gate_id) references gate (compound_id, id),
    check ((registered_at is null) = (organisation is null))
);
create index emergency_entry_by_day on emergency_entry (compound_id, entry_date);
create index emergency_entry_open on emergency_entry (compound_id, entered_at) where registered_at is null or left_at is null;
