-- Accounts, what they may do and where, sessions, invitations. Every account has a home compound, also one that serves many.

create table account (
    compound_id uuid not null references compound,
    id uuid not null,
    name text not null,
    phone_sealed bytea not null,
    phone_hash bytea not null,
    phone_masked text not null,
    -- Argon2id; null for an account that only ever logs in through WeChat
    password_hash text,
    -- goes up with every change of roles or state; an access token with another version is refused
    version integer not null default 1,
    resident_id uuid,
    demonstration boolean not null default false,
    disabled_at timestamptz,
    created_at timestamptz not null,
    primary key (compound_id, id),
    foreign key (compound_id, resident_id) references resident (compound_id, id)
);

-- Directory: where the account of a phone lives. The only table of identity without a compound in front, because a login knows none.
create table account_login (
    phone_hash bytea primary key,
    compound_id uuid not null,
    account_id uuid not null,
    foreign key (compound_id, account_id) references account (compound_id, id)
);

create table role_grant (
    compound_id uuid not null,
    account_id uuid not null,
    role text not null check (role in
        ('RESIDENT', 'GUARD', 'GRID_WORKER', 'DISPATCHER', 'REPAIRMAN', 'OFFICE', 'HEALTH_CENTRE', 'SUBDISTRICT', 'ADMIN')),
    reach text not null check (reach in ('HOUSEHOLD', 'GATE', 'GRID', 'COMPOUND', 'COMMUNITY', 'SUBDISTRICT', 'EVERYTHING')),
    -- the household, gate, grid, compound, community or subdistrict; the home compound for EVERYTHING
    reach_id uuid not null,
    granted_at timestamptz not null,
    granted_by uuid,
    primary key (compound_id, account_id, role, reach_id),
    foreign key (compound_id, account_id) references account (compound_id, id)
);

create table session (
    compound_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    account_version integer not null,
    -- SHA-256 of the refresh token that is valid now, and of the one before it, which a lost reply may still present for a short grace
    refresh_hash bytea not null,
    previous_refresh_hash bytea,
    rotated_at timestamptz not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    end_reason text check (end_reason in ('LOGOUT', 'REUSE', 'ACCOUNT_CHANGED', 'EXPIRED')),
    primary key (compound_id, id),
    foreign key (compound_id, account_id) references account (compound_id, id)
);
create index session_by_account on session (compound_id, account_id) where ended_at is null;

create table invitation (
    compound_id uuid not null,
    id uuid not null,
    household_id uuid not null,
    code_hash bytea not null,
    created_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    used_at timestamptz,
    used_by uuid,
    -- so that the repetition of a lost activation finds its account again instead of a used-up code
    used_key uuid,
    used_request_hash bytea,
    primary key (compound_id, id),
    foreign key (compound_id, household_id) references household (compound_id, id)
);
create index invitation_by_household on invitation (compound_id, household_id);

-- Directory: where the invitation of a code lives.
create table invitation_code (
    code_hash bytea primary key,
    compound_id uuid not null,
    invitation_id uuid not null,
    foreign key (compound_id, invitation_id) references invitation (compound_id, id)
);

-- Directory: failed guesses per account and per source, shared by all instances; rows die with their window.
create table guess_counter (
    subject text not null,
    subject_hash bytea not null,
    failures integer not null,
    first_failed_at timestamptz not null,
    last_failed_at timestamptz not null,
    primary key (subject, subject_hash)
);

-- Where an account logged in well of late: from there it is not slowed by the failures of others. Addresses are kept as keyed hashes only.
create table known_source (
    compound_id uuid not null,
    account_id uuid not null,
    source_hash bytea not null,
    last_good_at timestamptz not null,
    primary key (compound_id, account_id, source_hash),
    foreign key (compound_id, account_id) references account (compound_id, id)
);
