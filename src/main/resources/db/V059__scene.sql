-- Directory: what the scene of a printed code stands for. The scene itself is computed from it and the ring's key, and kept as a keyed hash; whether it is
-- good is asked of the thing. Above all compounds, because whoever scans names none.
create table scene (
    scene_hash bytea primary key,
    kind text not null check (kind in ('GATE', 'COURIER_LINK')),
    compound_id uuid not null,
    thing_id uuid not null,
    made_at timestamptz not null
);
create index scene_of_link on scene (made_at) where kind = 'COURIER_LINK';
