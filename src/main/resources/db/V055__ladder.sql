-- A reminder goes down a ladder: WeChat, then SMS, then the grid worker's way to the door. The inbox has it in any case.

-- How far it came with this person on each rung; null where it was not tried there.
alter table notification add column wechat text check (wechat in ('UNDERWAY', 'REACHED', 'FAILED'));
alter table notification add column sms text check (sms in ('UNDERWAY', 'REACHED', 'FAILED'));

-- of a household, for the grid worker's list
create index notification_last_reminder on notification (compound_id, subject_id, created_at) where template = 'ROUND_MISSING';

-- no longer needed: read in the inbox, or told by SMS meanwhile
alter table wechat_message drop constraint wechat_message_state_check;
alter table wechat_message add constraint wechat_message_state_check
    check (state in ('WAITING', 'SENT', 'NO_CONSENT', 'REFUSED', 'UNCERTAIN', 'TOO_OLD', 'UNNEEDED'));

create table sms_message (
    compound_id uuid not null,
    account_id uuid not null,
    -- the message's in the inbox
    message_id uuid not null,
    -- by which the provider knows it again
    delivery_id uuid not null,
    template text not null,
    arguments text[] not null,
    -- the words as they are sent, without the signature; they name nobody and no illness
    words text not null,
    -- ACCEPTED: the provider has it and is asked what became of it; SENT: it never said
    state text not null check (state in ('WAITING', 'ACCEPTED', 'SENT', 'DELIVERED', 'UNDELIVERED', 'REFUSED', 'UNCERTAIN', 'TOO_OLD', 'UNNEEDED')),
    -- sends of which nobody knows whether they arrived: counted before each, taken back where it surely did not
    doubts integer not null default 0,
    attempts integer not null default 0,
    asks integer not null default 0,
    -- by the database's clock, as in the outbox
    next_attempt_at timestamptz not null,
    last_code text,
    created_at timestamptz not null,
    settled_at timestamptz,
    primary key (compound_id, account_id, message_id),
    unique (compound_id, delivery_id),
    foreign key (compound_id, account_id) references account (compound_id, id)
);
create index sms_message_due on sms_message (next_attempt_at) where state in ('WAITING', 'ACCEPTED');
create index sms_message_settled on sms_message (settled_at) where settled_at is not null;
