-- What an entry says in words can be blanked when its time is over, without breaking the chain: from format 2 on the chain covers a
-- salted hash of the words instead of the words. Entries of format 1 are sealed over their words and keep them.

alter table audit_entry
    add column format smallint not null default 1 check (format in (1, 2)),
    add column details_hash bytea check (octet_length(details_hash) = 32),
    add column details_salt bytea,
    -- over the row of another table that belongs to the entry: a disclosure
    add column attached_seal bytea check (octet_length(attached_seal) = 32),
    -- the number of the certificate by which the details were blanked
    add column blanked_by bigint check (blanked_by > number),
    add check ((format = 1) = (details_hash is null)),
    add check (format = 2 or (details_salt is null and attached_seal is null and blanked_by is null)),
    add check (blanked_by is null or (details = '{}' and details_salt is null));
alter table audit_entry alter column format drop default;
create index audit_entry_blanked on audit_entry (compound_id, blanked_by) where blanked_by is not null;
create index audit_entry_by_person on audit_entry (compound_id, by_account_id, entered_at, number) where by_account_id is not null;
create index audit_entry_kept on audit_entry (compound_id, entered_at) where blanked_by is null and format = 2 and details <> '{}';

alter table disclosure alter column reason drop not null;
alter table disclosure
    add column reason_hash bytea check (octet_length(reason_hash) = 32),
    add column reason_salt bytea,
    add column blanked_by bigint check (blanked_by > audit_number),
    add check ((reason is null) = (blanked_by is not null)),
    add check (reason_hash is not null or blanked_by is null),
    add check (blanked_by is null or reason_salt is null);
create index disclosure_blanked on disclosure (compound_id, blanked_by) where blanked_by is not null;
create index disclosure_kept on disclosure (compound_id, disclosed_at) where blanked_by is null and reason_hash is not null;

-- The only change that is let through: words that were there are blanked, and nothing else moves.
create function refuse_change_but_blanking() returns trigger language plpgsql as $$
declare
    words text[] := case tg_table_name when 'disclosure' then array['reason', 'reason_salt', 'blanked_by']
        else array['details', 'details_salt', 'blanked_by'] end;
begin
    if old.blanked_by is null and new.blanked_by is not null and to_jsonb(new) - words = to_jsonb(old) - words then
        return new;
    end if;
    raise exception '% is appended only', tg_table_name using errcode = 'restrict_violation';
end
$$;
drop trigger audit_entry_is_appended_only on audit_entry;
drop trigger disclosure_is_appended_only on disclosure;
create trigger audit_entry_is_appended_only before delete or truncate on audit_entry
    for each statement execute function refuse_change();
create trigger disclosure_is_appended_only before delete or truncate on disclosure
    for each statement execute function refuse_change();
create trigger audit_entry_is_only_blanked before update on audit_entry
    for each row execute function refuse_change_but_blanking();
create trigger disclosure_is_only_blanked before update on disclosure
    for each row execute function refuse_change_but_blanking();

-- the health centre is shown hidden values only of those about whom it was told
create index health_alert_handed_on on health_alert (compound_id, resident_id) where escalated_at is not null;
