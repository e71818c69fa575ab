-- Who a visitor was is forgotten when the compound's days are over; that somebody came, when and to whom, stays.
alter table visit add column forgotten_at timestamptz;
alter table visit alter column phone_sealed drop not null;
alter table visit add check ((phone_sealed is null) = (forgotten_at is not null));
alter table visit add check (forgotten_at is null
    or (visitor_name = '' and phone_masked = '' and id_number_sealed is null and plate is null and purpose = ''));
create index visit_kept on visit (compound_id, visit_date) where forgotten_at is null;

-- A visitor's phone or ID number is shown like a resident's.
alter table disclosure alter column resident_id drop not null;
alter table disclosure add column visit_id uuid,
    add foreign key (compound_id, visit_id) references visit (compound_id, id),
    add check (num_nonnulls(resident_id, visit_id) = 1);
