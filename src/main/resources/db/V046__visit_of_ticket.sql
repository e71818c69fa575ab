-- Workers from outside come as visitors of a ticket: to the home that it is about, or to what all share, then without any household.
alter table visit alter column household_id drop not null;
alter table visit alter column building_id drop not null;
alter table visit add column ticket_id uuid;
alter table visit add column ticket_number text;
alter table visit add check (household_id is not null or ticket_id is not null);
alter table visit add check ((ticket_id is null) = (ticket_number is null));
alter table visit add foreign key (compound_id, ticket_id) references ticket (compound_id, id);
