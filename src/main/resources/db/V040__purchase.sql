-- What somebody buys for a household, and the walk that brings it. Money is in fen, whole hundredths of a yuan.
create table purchase (
    compound_id uuid not null,
    id uuid not null,
    household_id uuid not null,
    building_id uuid not null,
    state text not null check (state in ('REQUESTED', 'ACCEPTED', 'ASKING', 'BOUGHT', 'DELIVERED', 'CLOSED', 'CANCELLED', 'REJECTED')),
    budget_fen integer not null check (budget_fen > 0),
    -- what the household agreed to in the end: the budget, or more where it was asked
    allowed_fen integer not null check (allowed_fen >= budget_fen),
    -- what the buyer asks for while the state is ASKING
    asked_fen integer,
    cost_fen integer,
    pay_by text not null check (pay_by in ('WECHAT', 'CASH_AT_DOOR', 'OFFICE')),
    wanted_date date not null,
    note text,
    requested_at timestamptz not null,
    requested_by_compound_id uuid not null,
    requested_by uuid not null,
    accepted_at timestamptz,
    buyer_compound_id uuid,
    buyer_id uuid,
    receipt_photo_id uuid,
    bought_at timestamptz,
    delivered_at timestamptz,
    ended_at timestamptz,
    end_note text,
    -- counts up with every event
    version integer not null,
    primary key (compound_id, id),
    foreign key (compound_id, household_id) references household (compound_id, id),
    foreign key (compound_id, building_id) references building (compound_id, id),
    check ((state = 'ASKING') = (asked_fen is not null)),
    check (cost_fen is null or cost_fen between 1 and allowed_fen),
    check (state not in ('BOUGHT', 'DELIVERED', 'CLOSED') or cost_fen is not null and receipt_photo_id is not null),
    check ((state in ('CLOSED', 'CANCELLED', 'REJECTED')) = (ended_at is not null))
) with (fillfactor = 80);
create index purchase_by_household on purchase (compound_id, household_id, id);
create index purchase_unfinished on purchase (compound_id, building_id) where state not in ('CLOSED', 'CANCELLED', 'REJECTED');

create table purchase_item (
    compound_id uuid not null,
    purchase_id uuid not null,
    position integer not null,
    name text not null,
    quantity_tenths integer not null check (quantity_tenths > 0),
    unit text not null,
    primary key (compound_id, purchase_id, position),
    foreign key (compound_id, purchase_id) references purchase (compound_id, id)
);

-- Appended only.
create table purchase_event (
    compound_id uuid not null,
    purchase_id uuid not null,
    version integer not null,
    event text not null,
    to_state text not null,
    fen integer,
    note text,
    event_at timestamptz not null,
    by_compound_id uuid,
    by_account_id uuid,
    primary key (compound_id, purchase_id, version),
    foreign key (compound_id, purchase_id) references purchase (compound_id, id)
);

-- Bought goods on a walk: fixed when it is taken, like its parcels.
create table door_task_purchase (
    compound_id uuid not null,
    task_id uuid not null,
    purchase_id uuid not null,
    primary key (compound_id, task_id, purchase_id),
    foreign key (compound_id, task_id) references door_task (compound_id, id),
    foreign key (compound_id, purchase_id) references purchase (compound_id, id)
);
create index door_task_purchase_by_purchase on door_task_purchase (compound_id, purchase_id);
