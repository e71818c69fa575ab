-- Where a message's card leads in the mini program; and a reminder that goes to everybody at once waits for what concerns one household.
alter table wechat_message
    add column page text not null default 'pages/inbox/inbox',
    add column bulk boolean not null default false;
drop index wechat_message_due;
create index wechat_message_due on wechat_message (bulk, next_attempt_at) where state = 'WAITING';

-- Waiting for WeChat is no try: only failed ones make the pause longer.
alter table sms_message add column tries integer not null default 0;
