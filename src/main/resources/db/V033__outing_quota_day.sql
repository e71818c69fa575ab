-- The days that a supplies outing takes of its household's quota, from its own day on. What makes a second one impossible is this key; that
-- requests of a household wait for each other only spares them the conflict. place: 1, or more where several members may go on one day.
-- A row whose outing no longer counts is taken away by the household's next request.
create table outing_quota_day (
    compound_id uuid not null,
    household_id uuid not null,
    quota_date date not null,
    place integer not null check (place > 0),
    pass_id uuid not null,
    primary key (compound_id, household_id, quota_date, place),
    foreign key (compound_id, pass_id) references outing_pass (compound_id, id)
);
create index outing_quota_day_by_date on outing_quota_day (quota_date);
