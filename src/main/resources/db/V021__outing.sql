-- Outing passes: who may go out, when, through which gate; the places of a slot; what was asked and why it was answered so.

-- The control level of a building, or of one unit in it, where it is stricter than the compound's. Whichever is strictest counts.
create table control_level (
    compound_id uuid not null,
    -- a unit's, or a building's
    place_id uuid not null,
    building_id uuid not null,
    unit_id uuid,
    level text not null check (level in ('NORMAL', 'CONTROLLED', 'SEALED')),
    reason text,
    set_at timestamptz not null,
    set_by uuid not null,
    primary key (compound_id, place_id),
    foreign key (compound_id, building_id) references building (compound_id, id),
    foreign key (compound_id, unit_id) references unit (compound_id, id),
    check (place_id = coalesce(unit_id, building_id))
);

-- Appended only.
create table control_level_change (
    compound_id uuid not null,
    id uuid not null,
    place_id uuid not null,
    level text not null,
    reason text,
    set_at timestamptz not null,
    set_by uuid not null,
    primary key (compound_id, id)
);
create index control_level_change_by_place on control_level_change (compound_id, place_id, set_at);

-- Who goes shopping for a household, where it has named somebody.
create table outing_buyer (
    compound_id uuid not null,
    household_id uuid not null,
    resident_id uuid not null,
    named_at timestamptz not null,
    named_by uuid not null,
    primary key (compound_id, household_id),
    foreign key (compound_id, household_id) references household (compound_id, id),
    foreign key (compound_id, resident_id) references resident (compound_id, id)
);

-- A slot is its gate and its start. Its times follow from the policy; a row is made when its first place is taken.
create table outing_slot (
    compound_id uuid not null,
    gate_id uuid not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    slot_date date not null,
    -- as it was when a place was last taken
    capacity integer not null,
    taken integer not null,
    primary key (compound_id, gate_id, starts_at),
    foreign key (compound_id, gate_id) references gate (compound_id, id),
    check (taken between 0 and capacity),
    check (ends_at > starts_at)
) with (fillfactor = 70);
create index outing_slot_by_day on outing_slot (compound_id, slot_date);

-- A day on which a gate has other places than the policy says; without any it is closed.
create table outing_gate_day (
    compound_id uuid not null,
    gate_id uuid not null,
    slot_date date not null,
    capacity integer not null check (capacity between 0 and 10000),
    reason text,
    changed_at timestamptz not null,
    changed_by uuid not null,
    primary key (compound_id, gate_id, slot_date),
    foreign key (compound_id, gate_id) references gate (compound_id, id)
);

create table outing_pass (
    compound_id uuid not null,
    id uuid not null,
    household_id uuid not null,
    building_id uuid not null,
    resident_id uuid not null,
    kind text not null check (kind in ('SUPPLIES', 'WORK', 'MEDICAL', 'ESSENTIAL_WORKER', 'VEHICLE')),
    state text not null check (state in ('PENDING', 'APPROVED', 'REJECTED', 'CANCELLED', 'OUT', 'RETURNED', 'OVERDUE', 'EXPIRED')),
    gate_id uuid,
    slot_starts_at timestamptz,
    outing_date date not null,
    valid_from timestamptz not null,
    -- the last moment to go out
    leave_by timestamptz not null,
    -- the last moment to be back
    valid_until timestamptz not null,
    purpose text,
    document text,
    vehicle_plate text,
    colour text not null check (colour in ('PINK', 'GREEN')),
    requested_at timestamptz not null,
    decided_by text not null check (decided_by in ('RULE', 'STAFF')),
    decided_at timestamptz,
    -- what staff said when they refused
    decision_reason text,
    -- what its codes name it by: random, and nothing else
    code_number bigint not null,
    -- which printing of its card is good; counts up when one is revoked
    card_serial integer not null default 1,
    -- counts up with every event
    version integer not null,
    primary key (compound_id, id),
    unique (compound_id, code_number),
    foreign key (compound_id, resident_id) references resident (compound_id, id),
    foreign key (compound_id, household_id) references household (compound_id, id),
    foreign key (compound_id, gate_id, slot_starts_at) references outing_slot (compound_id, gate_id, starts_at),
    check ((gate_id is null) = (slot_starts_at is null)),
    check (valid_from <= leave_by and leave_by <= valid_until),
    check (state = 'PENDING' or decided_at is not null or state in ('CANCELLED', 'EXPIRED'))
) with (fillfactor = 80);
create index outing_pass_by_household on outing_pass (compound_id, household_id, outing_date);
create index outing_pass_by_resident on outing_pass (compound_id, resident_id, kind) where decided_by = 'STAFF';
create index outing_pass_pending on outing_pass (compound_id, id) where state = 'PENDING';
create index outing_pass_ending on outing_pass (leave_by) where state in ('PENDING', 'APPROVED');
create index outing_pass_outside on outing_pass (valid_until) where state = 'OUT';

-- Appended only. An event without a person was the rule's or the clock's.
create table outing_pass_event (
    compound_id uuid not null,
    pass_id uuid not null,
    -- the pass's version that the event made
    version integer not null,
    event text not null,
    from_state text,
    to_state text not null,
    reason text,
    event_at timestamptz not null,
    by_compound_id uuid,
    by_account_id uuid,
    primary key (compound_id, pass_id, version),
    foreign key (compound_id, pass_id) references outing_pass (compound_id, id),
    check ((by_compound_id is null) = (by_account_id is null))
);

-- Every request as it was judged, with the facts it was judged by, so that another policy can judge it again. Swept after a month.
create table outing_request (
    compound_id uuid not null,
    id uuid not null,
    resident_id uuid not null,
    kind text not null,
    requested_at timestamptz not null,
    -- RULE and STAFF for a pass, else the slug of the rule that refused it
    outcome text not null,
    facts jsonb not null,
    primary key (compound_id, id)
);
create index outing_request_by_time on outing_request (compound_id, requested_at);
