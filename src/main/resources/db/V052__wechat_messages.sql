-- What people allowed us to send to them through WeChat, and what is on its way there. The portal's inbox has every message besides.

-- The ledger of consents: one accept is one send of that template. Never deleted while it is open; which message it went to is written down.
create table wechat_credit (
    compound_id uuid not null,
    account_id uuid not null,
    id uuid not null,
    app_id text not null,
    template_id text not null,
    accepted_at timestamptz not null,
    spent_at timestamptz,
    spent_for uuid,
    -- WeChat says that there is no consent, whatever the ledger says
    void_at timestamptz,
    primary key (compound_id, id),
    foreign key (compound_id, account_id) references account (compound_id, id)
);
create index wechat_credit_open on wechat_credit (compound_id, account_id, app_id, template_id, accepted_at)
    where spent_at is null and void_at is null;

create table wechat_message (
    compound_id uuid not null,
    account_id uuid not null,
    -- the message's in the inbox
    message_id uuid not null,
    app_id text not null,
    template_id text not null,
    -- field names of the template and what stands in them, checked when written
    fields text[] not null,
    words text[] not null,
    state text not null check (state in ('WAITING', 'SENT', 'NO_CONSENT', 'REFUSED', 'UNCERTAIN', 'TOO_OLD')),
    -- sends of which nobody knows whether they arrived: counted before each, taken back where it surely did not
    doubts integer not null default 0,
    attempts integer not null default 0,
    -- by the database's clock, as in the outbox
    next_attempt_at timestamptz not null,
    last_number integer,
    created_at timestamptz not null,
    settled_at timestamptz,
    primary key (compound_id, account_id, message_id),
    check (array_length(fields, 1) = array_length(words, 1)),
    foreign key (compound_id, account_id) references account (compound_id, id)
);
create index wechat_message_due on wechat_message (next_attempt_at) where state = 'WAITING';
create index wechat_message_settled on wechat_message (settled_at) where state <> 'WAITING';
