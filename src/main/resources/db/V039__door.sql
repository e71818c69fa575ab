-- What is brought to a door instead of being collected at the gate: who carries, for whom it was arranged, and each walk.

-- An account that the office names as volunteer, from a day to a day; without rows in door_volunteer_building for the whole compound.
create table door_volunteer (
    compound_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    from_date date not null,
    until_date date not null,
    named_at timestamptz not null,
    named_by_compound_id uuid not null,
    named_by uuid not null,
    ended_at timestamptz,
    primary key (compound_id, id),
    foreign key (compound_id, account_id) references account (compound_id, id),
    check (until_date >= from_date)
);
create index door_volunteer_by_account on door_volunteer (compound_id, account_id, until_date) where ended_at is null;

create table door_volunteer_building (
    compound_id uuid not null,
    volunteer_id uuid not null,
    building_id uuid not null,
    primary key (compound_id, volunteer_id, building_id),
    foreign key (compound_id, volunteer_id) references door_volunteer (compound_id, id),
    foreign key (compound_id, building_id) references building (compound_id, id)
);

-- Somebody of the household cannot walk: asked for by the household, or set by staff. Households under observation have no row: that is asked of health.
create table door_arrangement (
    compound_id uuid not null,
    id uuid not null,
    household_id uuid not null,
    building_id uuid not null,
    state text not null check (state in ('ASKED', 'GRANTED', 'REFUSED', 'ENDED')),
    -- why, in the words of who asked; for the household and the staff who decide, nobody else
    note text,
    until_date date not null,
    asked_at timestamptz not null,
    asked_by_compound_id uuid not null,
    asked_by uuid not null,
    decided_at timestamptz,
    decided_by_compound_id uuid,
    decided_by uuid,
    answer text,
    primary key (compound_id, id),
    foreign key (compound_id, household_id) references household (compound_id, id),
    foreign key (compound_id, building_id) references building (compound_id, id),
    check ((state = 'ASKED') = (decided_at is null))
);
create unique index door_arrangement_standing on door_arrangement (compound_id, household_id) where state in ('ASKED', 'GRANTED');
create index door_arrangement_by_household on door_arrangement (compound_id, household_id, id);

-- One walk to one door. The same row whatever the reason is: it is not in it.
create table door_task (
    compound_id uuid not null,
    id uuid not null,
    household_id uuid not null,
    building_id uuid not null,
    state text not null check (state in ('OPEN', 'TAKEN', 'PLACED', 'SHOWN', 'RUNG', 'DONE', 'CANCELLED')),
    opened_at timestamptz not null,
    taken_at timestamptz,
    taken_by_compound_id uuid,
    taken_by uuid,
    placed_at timestamptz,
    shown_at timestamptz,
    photo_id uuid,
    rung_at timestamptz,
    ended_at timestamptz,
    -- when the grid worker was told that it takes too long
    overdue_told_at timestamptz,
    -- counts up with every event
    version integer not null,
    primary key (compound_id, id),
    foreign key (compound_id, household_id) references household (compound_id, id),
    foreign key (compound_id, building_id) references building (compound_id, id),
    check ((state in ('DONE', 'CANCELLED')) = (ended_at is not null)),
    check ((taken_by is null) = (taken_at is null)),
    check ((photo_id is null) = (shown_at is null))
) with (fillfactor = 80);
create unique index door_task_open on door_task (compound_id, household_id) where state = 'OPEN';
create index door_task_unfinished on door_task (compound_id, building_id) where state not in ('DONE', 'CANCELLED');
create index door_task_by_household on door_task (compound_id, household_id, id);
create index door_task_slow on door_task (opened_at) where state not in ('DONE', 'CANCELLED') and overdue_told_at is null;

-- What was carried: fixed when the task is taken.
create table door_task_parcel (
    compound_id uuid not null,
    task_id uuid not null,
    parcel_id uuid not null,
    -- its own picture, where it has one
    photo_id uuid,
    primary key (compound_id, task_id, parcel_id),
    foreign key (compound_id, task_id) references door_task (compound_id, id),
    foreign key (compound_id, parcel_id) references parcel (compound_id, id)
);
create index door_task_parcel_by_parcel on door_task_parcel (compound_id, parcel_id);

-- Appended only. An event without a person was the clock's.
create table door_task_event (
    compound_id uuid not null,
    task_id uuid not null,
    version integer not null,
    event text not null,
    to_state text not null,
    -- by the volunteer's own clock, where it was told later
    said_at timestamptz,
    note text,
    event_at timestamptz not null,
    by_compound_id uuid,
    by_account_id uuid,
    primary key (compound_id, task_id, version),
    foreign key (compound_id, task_id) references door_task (compound_id, id)
);
