-- What the clock looks for every minute.
create index ticket_on_site_due on ticket (on_site_due_at) where on_site_at is null and state in ('SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'REOPENED');
create index ticket_resume on ticket (resume_at) where resume_at is not null;
create index ticket_climbing on ticket (escalates_at) where escalates_at is not null and state in ('SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'REOPENED');
create index ticket_finished on ticket (done_at) where state in ('DONE', 'CONFIRMED');
create index ticket_closed on ticket (compound_id, closed_at) where closed_at is not null;

-- The mailbox between whoever reported a ticket and whoever works it; neither reads who the other is.
create table ticket_message (
    compound_id uuid not null,
    ticket_id uuid not null,
    id uuid not null,
    side text not null check (side in ('REPORTER', 'STAFF')),
    text text not null,
    sent_at timestamptz not null,
    by_compound_id uuid not null,
    by_account_id uuid not null,
    primary key (compound_id, ticket_id, id),
    foreign key (compound_id, ticket_id) references ticket (compound_id, id)
);

-- Who gets which tickets without being asked: by category, by building, by both, or all. The one that says most counts.
create table ticket_rule (
    compound_id uuid not null references compound,
    id uuid not null,
    category text,
    building_id uuid,
    assignee_compound_id uuid not null,
    assignee_account_id uuid not null,
    primary key (compound_id, id),
    unique nulls not distinct (compound_id, category, building_id),
    foreign key (compound_id, building_id) references building (compound_id, id)
);

-- An anonymous reporter can be disclosed too.
alter table disclosure drop constraint disclosure_field_check;
alter table disclosure add constraint disclosure_field_check check (field in ('NAME', 'PHONE', 'ID_NUMBER', 'REPORTER'));
