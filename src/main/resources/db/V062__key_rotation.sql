-- Keys come and go while the house runs. The key that hashes for searching is named here, whatever its place on the ring; a key that
-- nothing is sealed by any more may leave the ring, and is known as gone then.
alter table sealing_key
    add column searches boolean not null default false,
    -- since when nothing is sealed by it, as far as the last walk saw
    add column emptied_at timestamptz,
    -- when a ring without it was first accepted
    add column removed_at timestamptz,
    add check (removed_at is null or emptied_at is not null);
create unique index sealing_key_that_searches on sealing_key (searches) where searches;

-- What was derived from a key for one purpose and outlives it there, sealed by a key that is on the ring; not the key itself.
create table kept_key (
    key_id text not null references sealing_key,
    purpose text not null,
    derived_sealed bytea not null,
    primary key (key_id, purpose)
);
