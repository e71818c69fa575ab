-- Pictures that features keep: made anew from what was sent, sealed, read only through the feature that owns them.
create table photo (
    compound_id uuid not null references compound (id),
    id uuid not null,
    kept_at timestamptz not null,
    -- the last day on which it is needed; the sweep takes it after that
    kept_until_date date not null,
    width_pixels integer not null,
    height_pixels integer not null,
    full_sealed bytea not null,
    thumbnail_sealed bytea not null,
    primary key (compound_id, id)
);
create index photo_by_end on photo (kept_until_date);
-- ciphertext does not compress
alter table photo alter column full_sealed set storage external;
alter table photo alter column thumbnail_sealed set storage external;
