-- What was run when: one row per job, compound, business date and hour, claimed before the body runs, so that restarts and second
-- instances never fire twice. A job of the whole house has the nil UUID for its compound.

create table job_run (
    compound_id uuid not null,
    job text not null,
    business_date date not null,
    slot time not null,
    -- the instance that runs it, or ran it last
    owner uuid not null,
    attempt integer not null,
    -- who has not finished by then is taken for dead; a failed attempt waits until then for the next
    lease_until timestamptz not null,
    claimed_at timestamptz not null,
    finished_at timestamptz,
    gave_up_at timestamptz,
    last_fault text,
    primary key (compound_id, job, business_date, slot)
);
create index job_run_unfinished on job_run (owner) where finished_at is null and gave_up_at is null;
create index job_run_by_date on job_run using brin (business_date);

-- Directory: since when a job exists. Hours before that were not missed, they never were.
create table job_known (
    job text primary key,
    known_since timestamptz not null
);
