-- Who did what to whose data: one chain per compound, each entry sealed over the one before it, with a key that lives outside the
-- database; and which hidden values of residents were shown to whom, and why.

-- The end of each compound's chain; the row is locked while an entry is appended, so that numbers have no gaps.
create table audit_head (
    compound_id uuid primary key references compound,
    number bigint not null check (number >= 0),
    hash bytea not null check (octet_length(hash) = 32)
);

-- Appended only. Outlives accounts and subjects, so it points at them without a foreign key.
create table audit_entry (
    compound_id uuid not null references compound,
    number bigint not null check (number > 0),
    entered_at timestamptz not null,
    -- the home compound, account and role of who did it; null where the clock did
    by_compound_id uuid,
    by_account_id uuid,
    by_role text,
    action text not null check (action ~ '^[A-Z][A-Z_]{2,39}$'),
    subject_kind text not null check (subject_kind ~ '^[a-z][a-z_]{2,39}$'),
    subject_id text not null check (length(subject_id) between 1 and 100),
    -- strings by name; never personal data
    details jsonb not null,
    key_id text not null,
    previous_hash bytea not null check (octet_length(previous_hash) = 32),
    hash bytea not null check (octet_length(hash) = 32),
    primary key (compound_id, number),
    check ((by_account_id is null) = (by_compound_id is null) and (by_account_id is null) = (by_role is null))
);
create index audit_entry_by_time on audit_entry (compound_id, entered_at, number);
create index audit_entry_by_subject on audit_entry (compound_id, subject_id);

-- Appended only, together with its audit entry, which seals it. The value that was shown is not here.
create table disclosure (
    compound_id uuid not null,
    id uuid not null,
    audit_number bigint not null,
    resident_id uuid not null,
    -- the household that the resident belonged to then
    household_id uuid not null,
    field text not null check (field in ('NAME', 'PHONE', 'ID_NUMBER')),
    reason text not null,
    disclosed_at timestamptz not null,
    by_compound_id uuid not null,
    by_account_id uuid not null,
    by_role text not null,
    primary key (compound_id, id),
    unique (compound_id, audit_number),
    foreign key (compound_id, audit_number) references audit_entry (compound_id, number),
    foreign key (compound_id, resident_id) references resident (compound_id, id)
);
create index disclosure_by_resident on disclosure (compound_id, resident_id, disclosed_at);

-- How many values an account was shown since its hour began.
create table disclosure_count (
    compound_id uuid not null,
    account_id uuid not null,
    hour_began_at timestamptz not null,
    disclosures integer not null check (disclosures > 0),
    primary key (compound_id, account_id),
    foreign key (compound_id, account_id) references account (compound_id, id)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is appended only', tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger audit_entry_is_appended_only before update or delete or truncate on audit_entry
    for each statement execute function refuse_change();
create trigger disclosure_is_appended_only before update or delete or truncate on disclosure
    for each statement execute function refuse_change();
