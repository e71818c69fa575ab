-- Messages to people. A message is written in the transaction of its cause and delivered afterwards by whichever instance claims it.

create table outbox_message (
    compound_id uuid not null references compound,
    id uuid not null,
    -- says the same thing once, however often its cause is found again
    dedupe_key text not null,
    template text not null,
    arguments_chinese text[] not null,
    arguments_english text[] not null,
    subject_id uuid,
    recipient_kind text not null check (recipient_kind in ('ACCOUNT', 'HOUSEHOLD', 'HOLDERS_OF_BUILDING', 'HOLDERS_OF_COMPOUND')),
    recipient_role text,
    -- of an account its home compound, else the message's own
    recipient_compound_id uuid not null,
    recipient_id uuid not null,
    state text not null check (state in ('WAITING', 'SENT', 'PARKED')),
    attempts integer not null default 0,
    -- by the database's clock, one for all instances; while claimed, the end of the claim
    next_attempt_at timestamptz not null,
    last_fault text,
    created_at timestamptz not null,
    settled_at timestamptz,
    primary key (compound_id, id),
    unique (compound_id, dedupe_key)
);
create index outbox_message_due on outbox_message (next_attempt_at) where state = 'WAITING';
create index outbox_message_settled on outbox_message (settled_at) where state = 'SENT';

-- A person's inbox, in the compound of their account. The id is the message's, so that one delivered again is the same one.
create table notification (
    compound_id uuid not null,
    account_id uuid not null,
    id uuid not null,
    template text not null,
    arguments_chinese text[] not null,
    arguments_english text[] not null,
    subject_id uuid,
    created_at timestamptz not null,
    read_at timestamptz,
    primary key (compound_id, account_id, id),
    foreign key (compound_id, account_id) references account (compound_id, id)
);
create index notification_unread on notification (compound_id, account_id) where read_at is null;

-- who holds a role over a building, a compound, a community …; residents are found by their household
create index role_grant_by_reach on role_grant (role, reach_id) where role <> 'RESIDENT';
