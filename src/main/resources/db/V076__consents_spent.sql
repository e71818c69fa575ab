-- Which consent went to a message is asked before and after each send, among all that a person ever gave; and what was spent or void a month ago is forgotten.
create index wechat_credit_spent on wechat_credit (compound_id, account_id, spent_for) where spent_for is not null;
create index wechat_credit_over on wechat_credit (coalesce(spent_at, void_at)) where spent_at is not null or void_at is not null;
comment on table wechat_credit is 'Never deleted while open; forgotten a month after it was spent or void.';
