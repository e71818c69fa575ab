-- Who and what a compound is made of. Tables of a compound have keys that begin with compound_id, so that they could be
-- sharded by it; subdistrict, community and compound are the small directory above them.

create table subdistrict (
    id uuid primary key,
    name text not null unique
);

create table community (
    id uuid primary key,
    subdistrict_id uuid not null references subdistrict,
    name text not null,
    unique (subdistrict_id, name)
);

create table compound (
    id uuid primary key,
    community_id uuid not null references community,
    name text not null,
    created_at timestamptz not null,
    unique (community_id, name)
);

-- A few buildings and the person responsible for them.
create table grid (
    compound_id uuid not null references compound,
    id uuid not null,
    name text not null,
    primary key (compound_id, id),
    unique (compound_id, name)
);

create table gate (
    compound_id uuid not null references compound,
    id uuid not null,
    name text not null,
    primary key (compound_id, id),
    unique (compound_id, name)
);

create table building (
    compound_id uuid not null references compound,
    id uuid not null,
    number text not null,
    grid_id uuid,
    primary key (compound_id, id),
    unique (compound_id, number),
    foreign key (compound_id, grid_id) references grid (compound_id, id)
);

create table unit (
    compound_id uuid not null,
    id uuid not null,
    building_id uuid not null,
    number text not null,
    primary key (compound_id, id),
    unique (compound_id, building_id, number),
    foreign key (compound_id, building_id) references building (compound_id, id)
);

create table household (
    compound_id uuid not null,
    id uuid not null,
    building_id uuid not null,
    unit_id uuid not null,
    room text not null,
    -- 3-2-1402: building, unit, room
    label text not null,
    created_at timestamptz not null,
    primary key (compound_id, id),
    unique (compound_id, unit_id, room),
    unique (compound_id, label),
    foreign key (compound_id, building_id) references building (compound_id, id),
    foreign key (compound_id, unit_id) references unit (compound_id, id)
);
create index household_by_building on household (compound_id, building_id);

-- Phone and ID number are sealed with AES-GCM (keys live outside the database); the hashes are keyed and serve equality search only.
create table resident (
    compound_id uuid not null,
    id uuid not null,
    household_id uuid not null,
    building_id uuid not null,
    name text not null,
    relation text not null check (relation in
        ('HEAD', 'SPOUSE', 'CHILD', 'PARENT', 'GRANDPARENT', 'GRANDCHILD', 'SIBLING', 'TENANT', 'CARER', 'OTHER')),
    born_on date,
    phone_sealed bytea,
    phone_hash bytea,
    phone_masked text,
    id_number_sealed bytea,
    id_number_hash bytea,
    id_number_masked text,
    -- set when this person has an account of their own
    account_id uuid,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    moved_out_at timestamptz,
    primary key (compound_id, id),
    foreign key (compound_id, household_id) references household (compound_id, id),
    foreign key (compound_id, building_id) references building (compound_id, id),
    check ((phone_sealed is null) = (phone_hash is null)),
    check ((id_number_sealed is null) = (id_number_hash is null))
);
create index resident_by_household on resident (compound_id, household_id);
create index resident_by_building on resident (compound_id, building_id) where moved_out_at is null;
create unique index resident_by_id_number on resident (compound_id, id_number_hash) where id_number_hash is not null and moved_out_at is null;
create unique index resident_by_phone on resident (compound_id, phone_hash) where phone_hash is not null and moved_out_at is null;
create index resident_by_account on resident (compound_id, account_id) where account_id is not null;

-- The policy values of a compound that differ from the defaults; the version is the ETag.
create table policy (
    compound_id uuid primary key references compound,
    version integer not null,
    changed_values jsonb not null,
    changed_at timestamptz not null,
    changed_by uuid
);

create table policy_history (
    compound_id uuid not null references compound,
    version integer not null,
    changes jsonb not null,
    changed_at timestamptz not null,
    changed_by uuid,
    primary key (compound_id, version)
);

create table roster_import (
    compound_id uuid not null references compound,
    id uuid not null,
    account_id uuid not null,
    state text not null check (state in ('RUNNING', 'DONE', 'FAILED')),
    dry_run boolean not null,
    lines_total integer not null,
    lines_read integer not null,
    result jsonb,
    started_at timestamptz not null,
    finished_at timestamptz,
    primary key (compound_id, id)
);
