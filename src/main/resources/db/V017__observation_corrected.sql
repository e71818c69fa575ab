-- A wrongly entered test is taken back with a reason, never overwritten. Returning residents show a negative test.

alter table observation_event
    drop constraint observation_event_event_check,
    add column of_version integer,
    add constraint observation_event_event_check
        check (event in ('START', 'PROLONG', 'FOLLOW_UP', 'TEST', 'WITHDRAW_TEST', 'RELEASE', 'TRANSFER')),
    -- the test that is taken back
    add constraint observation_event_of_version_check check ((event = 'WITHDRAW_TEST') = (of_version is not null)),
    add foreign key (compound_id, observation_id, of_version) references observation_event (compound_id, observation_id, version);
create unique index observation_event_withdrawn on observation_event (compound_id, observation_id, of_version) where of_version is not null;

alter table observation
    drop constraint observation_cause_check,
    add constraint observation_cause_check
        check (cause in ('RISK_REGION', 'CASE_CONTACT', 'POSITIVE_TEST', 'OTHER_PROVINCE', 'HOUSEHOLD', 'STAFF'));

-- the earliest day of a negative test that is good enough, null where none is asked for
alter table travel_declaration add column proof_from date;
create index travel_declaration_by_time on travel_declaration (compound_id, declared_at, id);

-- in a place that holds listed regions, one was in none of them
alter table travel_stay add column outside_listed boolean not null default false;

-- Appended only: what somebody said of a test that they were shown or took.
create table travel_test (
    compound_id uuid not null,
    id uuid not null,
    declaration_id uuid not null,
    resident_id uuid not null,
    taken_on date not null,
    result text not null check (result in ('NEGATIVE', 'POSITIVE')),
    entered_by_compound_id uuid not null,
    entered_by uuid not null,
    entered_at timestamptz not null,
    primary key (compound_id, id),
    foreign key (compound_id, declaration_id) references travel_declaration (compound_id, id),
    foreign key (compound_id, resident_id) references resident (compound_id, id)
);
create index travel_test_by_resident on travel_test (compound_id, resident_id, taken_on);
