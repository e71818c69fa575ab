-- Parcels that couriers leave at a gate, and how their households collect them.

-- Couriers write a phone's last four digits. A guard looks by them; nothing else does.
create index resident_by_phone_tail on resident (compound_id, right(phone_masked, 4)) where phone_masked is not null and moved_out_at is null;

-- A slot is its gate and its start. Its times follow from the policy; a row is made when its first place is taken.
create table pickup_slot (
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
create index pickup_slot_by_day on pickup_slot (compound_id, slot_date);

-- One walk of a household to a gate: whatever waits for it there, one code, and one booked slot at most.
create table pickup (
    compound_id uuid not null,
    id uuid not null,
    household_id uuid not null,
    building_id uuid not null,
    gate_id uuid not null,
    -- ENDED: nothing is left to collect, and nobody came
    state text not null check (state in ('OPEN', 'COLLECTED', 'ENDED')),
    -- the code is computed from the id by that key; the table can only recognise it
    code_key text not null,
    code_hash bytea not null,
    slot_starts_at timestamptz,
    slot_ends_at timestamptz,
    opened_at timestamptz not null,
    closed_at timestamptz,
    primary key (compound_id, id),
    unique (compound_id, code_hash),
    foreign key (compound_id, household_id) references household (compound_id, id),
    foreign key (compound_id, building_id) references building (compound_id, id),
    foreign key (compound_id, gate_id) references gate (compound_id, id),
    foreign key (compound_id, gate_id, slot_starts_at) references pickup_slot (compound_id, gate_id, starts_at),
    check ((slot_starts_at is null) = (slot_ends_at is null)),
    check ((state = 'OPEN') = (closed_at is null))
) with (fillfactor = 80);
create unique index pickup_open on pickup (compound_id, household_id, gate_id) where state = 'OPEN';
create index pickup_booked on pickup (slot_ends_at) where state = 'OPEN' and slot_ends_at is not null;

create table parcel (
    compound_id uuid not null,
    id uuid not null,
    gate_id uuid not null,
    -- null while nobody knows whose it is: the guard sorts it
    household_id uuid,
    building_id uuid,
    pickup_id uuid,
    -- what a courier wrote on it, for the guard who sorts it; gone when it is sorted
    written text,
    state text not null check (state in ('AT_GATE', 'BOOKED', 'COLLECTED', 'AT_DOOR', 'RETURNED', 'LOST', 'DAMAGED')),
    carrier text not null,
    tracking_tail text not null,
    shelf text,
    perishable boolean not null,
    disinfected boolean not null,
    registered_at timestamptz not null,
    registered_date date not null,
    -- when the household was told a second time
    reminded_at timestamptz,
    -- when it became the guard's task to send it back
    return_due_at timestamptz,
    -- when it left the shelf for good
    ended_at timestamptz,
    -- counts up with every event
    version integer not null,
    primary key (compound_id, id),
    foreign key (compound_id, gate_id) references gate (compound_id, id),
    foreign key (compound_id, household_id) references household (compound_id, id),
    foreign key (compound_id, building_id) references building (compound_id, id),
    foreign key (compound_id, pickup_id) references pickup (compound_id, id),
    check ((household_id is null) = (building_id is null)),
    check (state not in ('BOOKED', 'COLLECTED', 'AT_DOOR') or household_id is not null),
    check (state <> 'BOOKED' or pickup_id is not null),
    check ((state in ('AT_GATE', 'BOOKED')) = (ended_at is null))
) with (fillfactor = 80);
create index parcel_by_household on parcel (compound_id, household_id, id);
create index parcel_by_pickup on parcel (compound_id, pickup_id) where pickup_id is not null;
create index parcel_waiting on parcel (compound_id, gate_id, registered_at) where state in ('AT_GATE', 'BOOKED');
create index parcel_to_remind on parcel (registered_at) where state in ('AT_GATE', 'BOOKED') and reminded_at is null;
create index parcel_to_return on parcel (registered_at) where state in ('AT_GATE', 'BOOKED') and return_due_at is null;
create index parcel_ended on parcel (compound_id, ended_at) where ended_at is not null;

-- Appended only. An event without a person was a courier's, or the clock's.
create table parcel_event (
    compound_id uuid not null,
    parcel_id uuid not null,
    -- the parcel's version that the event made
    version integer not null,
    event text not null,
    from_state text,
    to_state text not null,
    note text,
    event_at timestamptz not null,
    by_compound_id uuid,
    by_account_id uuid,
    -- the courier's gate link
    by_link_id uuid,
    primary key (compound_id, parcel_id, version),
    foreign key (compound_id, parcel_id) references parcel (compound_id, id),
    check ((by_compound_id is null) = (by_account_id is null)),
    check (by_link_id is null or by_account_id is null)
);
