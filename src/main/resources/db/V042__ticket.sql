-- Repairs, complaints, enquiries and suggestions: every one has a clock, a person and an answer.

create table ticket (
    compound_id uuid not null,
    id uuid not null,
    -- read out on the phone: WX-20261122-0012
    number text not null,
    kind text not null check (kind in ('REPAIR', 'COMPLAINT', 'ENQUIRY', 'SUGGESTION')),
    category text not null,
    level text not null,
    urgency text not null check (urgency in ('NORMAL', 'URGENT', 'EMERGENCY')),
    area text not null check (area in ('HOME', 'PUBLIC')),
    place_text text not null,
    -- where it is; absent where that would tell who complains, or where it is between the buildings
    building_id uuid,
    description text not null,
    contact_at timestamptz,
    -- who reported it; of an anonymous complaint only ever read by a disclosure
    household_id uuid,
    reporter_compound_id uuid not null,
    reporter_account_id uuid not null,
    reporter_resident_id uuid,
    anonymous boolean not null,
    serious boolean not null,
    -- about staff, so for the office only
    office_only boolean not null,
    state text not null check (state in ('SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'WAITING', 'DONE', 'CONFIRMED', 'REOPENED', 'CLOSED',
        'CANCELLED', 'MERGED')),
    assignee_compound_id uuid,
    assignee_account_id uuid,
    submitted_at timestamptz not null,
    submitted_date date not null,
    -- the clocks: they begin anew when it is reopened
    clock_started_at timestamptz not null,
    agreed_until timestamptz,
    on_site_due_at timestamptz,
    done_due_at timestamptz not null,
    paused_at timestamptz,
    resume_at timestamptz,
    policy_version integer not null,
    calendar_version integer not null,
    on_site_at timestamptz,
    done_at timestamptz,
    confirmed_at timestamptz,
    closed_at timestamptz,
    -- the first promise that was missed, once
    breached_at timestamptz,
    breach text check (breach in ('ON_SITE', 'DONE')),
    -- how far up the chain it went: 0 nobody, 1 dispatcher, 2 office, 3 subdistrict
    escalated_to smallint not null default 0,
    -- when it goes on to the next of them; null where it is not late
    escalates_at timestamptz,
    consent text not null check (consent in ('NOT_NEEDED', 'NEEDED', 'GIVEN')),
    rating smallint check (rating between 1 and 5),
    rating_words text,
    rated_at timestamptz,
    followed_up_at timestamptz,
    follow_up_rating smallint check (follow_up_rating between 1 and 5),
    merged_into uuid,
    primary key (compound_id, id),
    unique (compound_id, number),
    foreign key (compound_id, building_id) references building (compound_id, id),
    foreign key (compound_id, household_id) references household (compound_id, id),
    foreign key (compound_id, merged_into) references ticket (compound_id, id),
    check ((assignee_account_id is null) = (assignee_compound_id is null)),
    check ((breached_at is null) = (breach is null)),
    check ((state = 'MERGED') = (merged_into is not null)),
    check ((state = 'WAITING') = (paused_at is not null))
) with (fillfactor = 80);
create index ticket_open on ticket (compound_id, state) where state in ('SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'WAITING', 'REOPENED', 'DONE', 'CONFIRMED');
create index ticket_due on ticket (done_due_at) where state in ('SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'REOPENED');
create index ticket_by_assignee on ticket (compound_id, assignee_account_id, state) where assignee_account_id is not null;
create index ticket_by_household on ticket (compound_id, household_id, id) where household_id is not null;
create index ticket_by_reporter on ticket (compound_id, reporter_account_id, id);
create index ticket_by_day on ticket (compound_id, submitted_date);
create index ticket_nearby on ticket (compound_id, category, building_id) where area = 'PUBLIC';

-- The last number of a day and kind; raised by the statement that takes it.
create table ticket_number (
    compound_id uuid not null,
    prefix text not null,
    day date not null,
    last integer not null,
    primary key (compound_id, prefix, day)
);

-- Appended only. What is internal is not for the reporter; by whom is read through the ticket, which knows who may see it.
create table ticket_event (
    compound_id uuid not null,
    ticket_id uuid not null,
    number integer not null,
    event text not null,
    from_state text,
    to_state text,
    actor text not null,
    event_at timestamptz not null,
    by_compound_id uuid,
    by_account_id uuid,
    note text,
    internal boolean not null default false,
    reason text,
    until_at timestamptz,
    rating smallint,
    assignee_compound_id uuid,
    assignee_account_id uuid,
    primary key (compound_id, ticket_id, number),
    foreign key (compound_id, ticket_id) references ticket (compound_id, id)
);

-- When the clocks of a ticket rested, since they last began.
create table ticket_pause (
    compound_id uuid not null,
    ticket_id uuid not null,
    paused_at timestamptz not null,
    resumed_at timestamptz not null,
    primary key (compound_id, ticket_id, paused_at),
    foreign key (compound_id, ticket_id) references ticket (compound_id, id)
);

-- Who wants to be told how it goes with what somebody else reported.
create table ticket_follower (
    compound_id uuid not null,
    ticket_id uuid not null,
    account_compound_id uuid not null,
    account_id uuid not null,
    followed_at timestamptz not null,
    primary key (compound_id, ticket_id, account_id),
    foreign key (compound_id, ticket_id) references ticket (compound_id, id)
);
create index ticket_follower_by_account on ticket_follower (compound_id, account_id);
