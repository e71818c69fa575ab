-- Who of the staff opened one person's health data, for the household to read: one row a day for each account and person. It stands beside the
-- disclosures, outside the chain of the audit: reading is no disclosure, and happens often.
create table health_look (
    compound_id uuid not null,
    resident_id uuid not null,
    by_compound_id uuid not null,
    by_account_id uuid not null,
    looked_on date not null,
    id uuid not null,
    -- the household that the resident belonged to then
    household_id uuid not null,
    by_role text not null,
    -- the first time that day
    looked_at timestamptz not null,
    primary key (compound_id, resident_id, by_compound_id, by_account_id, looked_on),
    foreign key (compound_id, resident_id) references resident (compound_id, id)
);
create index health_look_by_day on health_look (compound_id, looked_on);
