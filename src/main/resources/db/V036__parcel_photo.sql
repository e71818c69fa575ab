-- Pictures of parcels: where they lie, what is damaged. The pictures themselves are kept by the room of photos.
create table parcel_photo (
    compound_id uuid not null,
    parcel_id uuid not null,
    photo_id uuid not null,
    taken_at timestamptz not null,
    by_compound_id uuid not null,
    by_account_id uuid not null,
    primary key (compound_id, parcel_id, photo_id),
    foreign key (compound_id, parcel_id) references parcel (compound_id, id)
);
