-- Whoever wants no SMS. It spares nobody what they owe: they are told in the inbox, by WeChat, and at their door.
create table sms_declined (
    compound_id uuid not null,
    account_id uuid not null,
    since timestamptz not null,
    primary key (compound_id, account_id),
    foreign key (compound_id, account_id) references account (compound_id, id)
);
alter table sms_message drop constraint sms_message_state_check;
alter table sms_message add constraint sms_message_state_check check (state in ('WAITING', 'ACCEPTED', 'SENT', 'DELIVERED', 'UNDELIVERED', 'REFUSED',
    'UNCERTAIN', 'TOO_OLD', 'UNNEEDED', 'DECLINED'));
