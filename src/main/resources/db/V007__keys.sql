-- By which keys of the ring (kept outside this database) something here is sealed or hashed, each with a value that only the same
-- key makes again; so that a process with other keys is refused instead of writing what nobody can read.
create table sealing_key (
    key_id text primary key,
    check_value bytea not null,
    first_used_at timestamptz not null
);
