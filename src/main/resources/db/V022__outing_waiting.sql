-- Who waits for a place in a full slot. A place that becomes free is offered to the first of the line for some minutes, and stays taken
-- meanwhile; the order of the ids is the order of the line.
create table outing_wait (
    compound_id uuid not null,
    id uuid not null,
    gate_id uuid not null,
    slot_starts_at timestamptz not null,
    slot_ends_at timestamptz not null,
    resident_id uuid not null,
    household_id uuid not null,
    building_id uuid not null,
    state text not null check (state in ('WAITING', 'OFFERED', 'TAKEN', 'LAPSED', 'LEFT')),
    asked_at timestamptz not null,
    asked_by_compound_id uuid not null,
    asked_by uuid not null,
    offered_until timestamptz,
    ended_at timestamptz,
    primary key (compound_id, id),
    foreign key (compound_id, resident_id) references resident (compound_id, id),
    foreign key (compound_id, gate_id) references gate (compound_id, id),
    check (state <> 'OFFERED' or offered_until is not null),
    check ((state in ('WAITING', 'OFFERED')) = (ended_at is null))
);
-- a household stands once in a line
create unique index outing_wait_once on outing_wait (compound_id, household_id, gate_id, slot_starts_at) where state in ('WAITING', 'OFFERED');
create index outing_wait_line on outing_wait (compound_id, gate_id, slot_starts_at, id) where state = 'WAITING';
create index outing_wait_offers on outing_wait (offered_until) where state = 'OFFERED';
