-- Of a ticket whose days are over only numbers stay: what it was, when, how late, how it was rated; no words, nobody who reported it.
alter table ticket add column forgotten_at timestamptz;
alter table ticket alter column reporter_account_id drop not null;
alter table ticket add check (reporter_account_id is not null or forgotten_at is not null);
create index ticket_to_forget on ticket (compound_id, closed_at) where forgotten_at is null and state in ('CLOSED', 'CANCELLED', 'MERGED');
