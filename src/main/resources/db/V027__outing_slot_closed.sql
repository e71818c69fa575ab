-- A slot that is closed is booked by nobody, also not by those who read the calendar before it was closed: they meet in this row.
alter table outing_slot add column closed boolean not null default false;
create index outing_slot_closed on outing_slot (ends_at) where closed;
