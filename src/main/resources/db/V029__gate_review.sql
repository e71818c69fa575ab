-- What the office found out about somebody who went through although the rules said no. Appended only: one finding each.
create table gate_conflict_review (
    compound_id uuid not null,
    -- the nonce of a scan, or the id of a visit's event
    conflict_id uuid not null,
    finding text not null check (finding in ('EXPLAINED', 'MISTAKEN', 'BREACH')),
    note text not null,
    reviewed_at timestamptz not null,
    by_compound_id uuid not null,
    by_account_id uuid not null,
    primary key (compound_id, conflict_id)
);
create trigger gate_conflict_review_is_appended_only before delete or truncate on gate_conflict_review
    for each statement execute function refuse_change();

-- whoever signed an emergency vehicle out; unknown of those that left before this was kept
alter table emergency_entry add column left_by_compound_id uuid, add column left_by uuid,
    add check ((left_by_compound_id is null) = (left_by is null));
create index emergency_entry_unregistered on emergency_entry (compound_id, entered_at) where registered_at is null;

-- A visitor who is through already, because a gate had no network, is on record also where the rules say otherwise.
alter table visit_event
    -- made by the device before it asks, so that a repetition is the same event
    add column nonce uuid,
    add column received_at timestamptz,
    -- decided by a gate without network
    add column offline boolean not null default false,
    -- why they should not have gone through, where they did
    add column conflict text,
    add unique (compound_id, nonce),
    add check (conflict is null or event in ('ENTER', 'LEAVE'));
create index visit_event_conflict on visit_event (compound_id, event_at) where conflict is not null;

-- The same of emergency vehicles.
alter table emergency_entry
    add column nonce uuid,
    add column received_at timestamptz,
    add column offline boolean not null default false,
    add column left_offline boolean not null default false,
    add unique (compound_id, nonce);
