-- Directory: a browser that waits to be logged in by a phone. Above all compounds, because nobody knows who it will be. It lives for two
-- minutes; the browser's secret and the scene of its picture are kept as keyed hashes only, and nobody computes one from the other.
create table portal_login (
    secret_hash bytea primary key,
    scene_hash bytea not null unique,
    portal text not null check (portal in ('RESIDENT', 'STAFF')),
    browser text not null,
    system text not null,
    source_hash bytea not null,
    -- what the browser shows, and what the phone may choose from
    number integer not null,
    numbers integer[] not null,
    state text not null check (state in ('WAITING', 'SCANNED', 'CONFIRMED', 'REFUSED', 'USED')),
    -- whose phone scanned it, and the session and roles in which it was confirmed
    compound_id uuid,
    account_id uuid,
    session_id uuid,
    account_version integer,
    asked_at timestamptz not null,
    expires_at timestamptz not null,
    check (number = any (numbers)),
    check ((account_id is null) = (compound_id is null) and (state <> 'WAITING' or account_id is null)),
    check (state not in ('CONFIRMED', 'USED') or session_id is not null and account_version is not null),
    foreign key (compound_id, account_id) references account (compound_id, id)
);
create index portal_login_by_expiry on portal_login (expires_at);
