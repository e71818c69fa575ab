-- Whom a household names to collect for it, and the links by which couriers register parcels without an account.

create table pickup_collector (
    compound_id uuid not null,
    id uuid not null,
    household_id uuid not null,
    building_id uuid not null,
    name text not null,
    valid_until timestamptz not null,
    code_key text not null,
    code_hash bytea not null,
    named_at timestamptz not null,
    named_by uuid not null,
    withdrawn_at timestamptz,
    primary key (compound_id, id),
    unique (compound_id, code_hash),
    foreign key (compound_id, household_id) references household (compound_id, id),
    foreign key (compound_id, building_id) references building (compound_id, id)
);
create index pickup_collector_by_household on pickup_collector (compound_id, household_id, valid_until);

-- Who came for the parcels, where it was somebody whom the household named.
alter table pickup add column collector_id uuid;
alter table pickup add constraint pickup_collector_named foreign key (compound_id, collector_id) references pickup_collector (compound_id, id);

create table courier_link (
    compound_id uuid not null,
    id uuid not null,
    gate_id uuid not null,
    -- what the guard calls it, a company perhaps
    label text not null,
    -- the token is computed from the id by that key; no table holds it
    token_key text not null,
    made_at timestamptz not null,
    made_by_compound_id uuid not null,
    made_by uuid not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    -- how many parcels since then; begins anew after an hour
    counted_from timestamptz not null,
    counted integer not null,
    registered integer not null,
    last_used_at timestamptz,
    primary key (compound_id, id),
    foreign key (compound_id, gate_id) references gate (compound_id, id)
);
create index courier_link_by_expiry on courier_link (compound_id, expires_at);

alter table parcel_event add constraint parcel_event_link foreign key (compound_id, by_link_id) references courier_link (compound_id, id);
