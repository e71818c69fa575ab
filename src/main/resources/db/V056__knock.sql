-- A grid worker was at a household's door, because nothing else reached it: what came of it. Appended, never changed.
create table health_knock (
    compound_id uuid not null,
    id uuid not null,
    household_id uuid not null,
    business_date date not null,
    outcome text not null check (outcome in ('TOLD', 'REPORTED', 'NOBODY_HOME')),
    knocked_at timestamptz not null,
    by_compound_id uuid not null,
    by_account_id uuid not null,
    primary key (compound_id, id),
    foreign key (compound_id, household_id) references household (compound_id, id),
    foreign key (by_compound_id, by_account_id) references account (compound_id, id)
);
create index health_knock_of_day on health_knock (compound_id, household_id, business_date, knocked_at);
