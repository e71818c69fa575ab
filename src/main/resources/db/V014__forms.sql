-- The day's forms as they were sent on: rows kept as they stood at the hour, so that the same file comes out whenever it is asked for.

-- A compound's day, frozen once; the names are those of then.
create table form_freeze (
    compound_id uuid not null references compound,
    form_date date not null,
    community text not null,
    compound text not null,
    due_at timestamptz not null,
    frozen_at timestamptz not null,
    -- when the subdistrict was told that all its compounds are in
    announced_at timestamptz,
    primary key (compound_id, form_date)
);
create index form_freeze_unannounced on form_freeze (form_date) where announced_at is null;

create table form_frozen (
    compound_id uuid not null,
    form_date date not null,
    form text not null,
    -- of the columns that the rows have, in their order
    headings text[] not null,
    row_count integer not null check (row_count >= 0),
    primary key (compound_id, form_date, form),
    foreign key (compound_id, form_date) references form_freeze (compound_id, form_date)
);

create table form_frozen_row (
    compound_id uuid not null,
    form_date date not null,
    form text not null,
    position integer not null,
    -- of people, so that who sees single buildings sees only theirs
    building_id uuid,
    -- a JSON list with a value for each heading
    cells text not null,
    primary key (compound_id, form_date, form, position)
);

-- Never changed; what retention says is due may be deleted.
create trigger form_frozen_is_kept_as_it_was before update or truncate on form_frozen
    for each statement execute function refuse_change();
create trigger form_frozen_row_is_kept_as_it_was before update or truncate on form_frozen_row
    for each statement execute function refuse_change();
