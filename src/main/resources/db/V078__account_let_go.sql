-- The account of somebody without any role, whose phone opens another account now: it stays as who did what it did, without a phone.
alter table account
    alter column phone_sealed drop not null,
    alter column phone_hash drop not null,
    alter column phone_masked drop not null,
    add check ((phone_sealed is null) = (phone_hash is null) and (phone_sealed is null) = (phone_masked is null));
