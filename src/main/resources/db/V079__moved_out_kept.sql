-- Whoever moved out is nobody any more when their days are over: the rows stay, because what they did hangs on them, and name no person.
alter table resident
    add column forgotten_at timestamptz,
    add check (forgotten_at is null or moved_out_at is not null and phone_sealed is null and id_number_sealed is null and born_on is null);
create index resident_to_forget on resident (compound_id, moved_out_at) where moved_out_at is not null and forgotten_at is null;

alter table account
    add column forgotten_at timestamptz,
    add check (forgotten_at is null or phone_sealed is null and password_hash is null);
create index account_by_resident on account (compound_id, resident_id) where resident_id is not null;
