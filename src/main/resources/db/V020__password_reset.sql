-- A password that was lost is reset face to face: a code for once, shown to the one who resets it and typed in by the one whose it is.
-- One at a time per account; the code itself is in no table.

create table password_reset (
    compound_id uuid not null,
    account_id uuid not null,
    id uuid not null,
    -- keyed, over the account and the code
    code_hash bytea not null,
    issued_at timestamptz not null,
    issued_by uuid not null,
    expires_at timestamptz not null,
    -- wrong codes; after a few the code is worth nothing
    failures integer not null default 0,
    primary key (compound_id, account_id),
    foreign key (compound_id, account_id) references account (compound_id, id)
);
create index password_reset_by_expiry on password_reset (expires_at);
