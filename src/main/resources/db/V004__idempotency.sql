-- What a client's key was answered with, in the transaction of its effect. Kept for two days, swept by a job.
create table idempotency_key (
    compound_id uuid not null,
    account_id uuid not null,
    key uuid not null,
    request_hash bytea not null,
    status smallint,
    answer text,
    created_at timestamptz not null,
    primary key (compound_id, account_id, key)
);
create index idempotency_key_by_age on idempotency_key using brin (created_at);
